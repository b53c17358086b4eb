// The cells of a table: views of texts that it keeps, 16 bytes each, and of columns of numbers
// these, 8 bytes each.

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace isoloss {

struct FileCell {
  std::string_view text;  // trimmed, quotes undone
  std::size_t line = 0;   // 1-based line on which it begins
  double number = 0;      // what the text says, see short_decimal(); 0: nobody has looked, or none
};

// Texts whose addresses last as long as the store, when it is moved too.
class TextStore {
 public:
  // The bytes of a file.
  std::string_view take(std::string bytes);
  // A copy of a short text; many share a block.
  std::string_view keep(std::string_view text);
  void take_all(TextStore&& other);

 private:
  std::vector<std::unique_ptr<std::string>> blocks_;
  std::string* filled_ = nullptr;  // the block that has room yet
};

// Column after column. Rows and columns are added empty and filled by set().
//
// A column of plain numbers keeps these, 8 bytes each, and its texts stay in the file's bytes, from
// where text() takes them; the first cell that is no plain number makes texts of them all.
class FileCells {
 public:
  std::size_t num_rows() const { return lines_.size(); }
  std::size_t num_columns() const { return columns_.size(); }

  std::string_view text(std::size_t row, std::size_t column) const;
  // The numbers of a column whose cells are all plain ones: see plain_number(). Null for others.
  const std::vector<double>* numbers(std::size_t column) const {
    return columns_[column].is_numeric ? &columns_[column].numbers : nullptr;
  }
  // Line on which the row begins, and a cell with its own, which is another behind a text that has
  // line breaks.
  std::size_t line(std::size_t row) const { return lines_[row]; }
  FileCell at(std::size_t row, std::size_t column) const;

  void reserve(std::size_t num_rows);
  void add_column() { columns_.push_back({false, {}, std::vector<std::string_view>(num_rows())}); }
  // One of finite numbers, in memory: their texts are the shortest digits that give them back.
  void add_column(std::vector<double> numbers);
  // Columns of records of `text`, a part of the bytes that `texts` keeps.
  void add_record_columns(std::size_t num, std::string_view text, char delimiter);
  void add_row(std::size_t line);
  // A row of num_columns() cells, the first of which says where it begins. Plain: it stands in the
  // bytes without quotes.
  void add_row(std::span<const FileCell> cells, bool is_plain);
  // `text` is one of `texts`, or of static storage.
  void set(std::size_t row, std::size_t column, std::string_view text);
  // Adds the rows of another table; its column k becomes our columns[k].
  void append(FileCells&& other, const std::vector<std::size_t>& columns);

  mutable TextStore texts;  // grows where text() has to write a number

 private:
  struct Column {
    bool is_numeric;
    std::vector<double> numbers;          // if it is
    std::vector<std::string_view> texts;  // if not
  };

  // A cell of a column of numbers, from its record.
  std::string_view record_text(std::size_t row, std::size_t column) const;
  void use_texts(std::size_t column);
  void use_texts();

  std::vector<Column> columns_;
  std::vector<std::size_t> lines_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> other_lines_;  // by row and column
  std::string_view bytes_;                                                  // of the records
  char delimiter_ = 0;                                                      // of their fields
  std::vector<const char*> records_;  // where each row begins; empty: numbers are in memory only
};

}  // namespace isoloss
