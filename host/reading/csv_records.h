// The grammar of CSV: bytes -> records of fields, one after the other.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

struct Field {
  std::string text;      // trimmed, quotes undone
  std::size_t line = 0;  // 1-based line on which the field begins
};

using Record = std::vector<Field>;

// Reads RFC 4180 with any of four delimiters or blanks, LF, CRLF or CR, comments and Excel's
// `sep=;`. Lines above the header that begin with # are comments, and so are those below it whose #
// stands before a blank or in a line with another number of fields. Keeps references: bytes and
// path must outlive it.
class RecordReader {
 public:
  RecordReader(std::string_view bytes, const std::string& path);

  // The next record with some text, empty at the end of the file. Throws InputError for a stray
  // quote, one that is never closed, and a line that may be a comment or a row: "#1,1e8,2e9,3".
  Record next();

  // What divides fields; a blank stands for any number of them.
  char delimiter() const { return delimiter_; }

 private:
  std::string_view line() const;
  bool at_line_end() const;
  bool at_field_end() const;
  char likely_delimiter() const;
  bool are_blanks_delimiters() const;
  void take_separator_line();
  void take_line_end();
  void skip_comments();
  bool is_comment(std::string_view text) const;
  void skip_spaces();
  Record take_record();
  // position: 1-based place of the field in its record, for errors.
  Field take_field(std::size_t position);
  Field take_plain(std::size_t position);
  Field take_quoted(std::size_t position);
  void take_quoted_character(std::string& text);
  [[noreturn]] void refuse_quote(std::size_t position) const;

  std::string_view rest_;
  const std::string& path_;
  std::size_t line_ = 1;
  char delimiter_;
  std::size_t num_names_ = 0;  // fields of the header, 0 above it
};

}  // namespace isoloss
