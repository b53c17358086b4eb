// The cells of a table as views of texts that it keeps: 16 bytes each, whatever they hold.

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
class FileCells {
 public:
  std::size_t num_rows() const { return lines_.size(); }
  std::size_t num_columns() const { return columns_.size(); }

  std::string_view text(std::size_t row, std::size_t column) const { return columns_[column][row]; }
  const std::vector<std::string_view>& column(std::size_t column) const { return columns_[column]; }
  // Line on which the row begins, and a cell with its own, which is another behind a text that has
  // line breaks.
  std::size_t line(std::size_t row) const { return lines_[row]; }
  FileCell at(std::size_t row, std::size_t column) const;

  void reserve(std::size_t num_rows);
  void add_column() { columns_.emplace_back(num_rows()); }
  void add_row(std::size_t line);
  // A row of num_columns() cells, the first of which says where it begins.
  void add_row(std::span<const FileCell> cells);
  // `text` is one of `texts`, or of static storage.
  void set(std::size_t row, std::size_t column, std::string_view text) {
    columns_[column][row] = text;
  }
  // Adds the rows of another table; its column k becomes our columns[k].
  void append(FileCells&& other, const std::vector<std::size_t>& columns);

  TextStore texts;

 private:
  std::vector<std::vector<std::string_view>> columns_;
  std::vector<std::size_t> lines_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> other_lines_;  // by row and column
};

}  // namespace isoloss
