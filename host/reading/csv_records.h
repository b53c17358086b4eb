// The grammar of CSV: bytes -> records of fields, one after the other.

#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/reading/cells.h"

namespace isoloss {

// Reads RFC 4180 with any of four delimiters or blanks, LF, CRLF or CR, comments and Excel's
// `sep=;`. Lines above the header that begin with # are comments, and so are those below it whose #
// stands before a blank or in a line with another number of fields. Keeps references: bytes and
// path must outlive it; what the bytes do not hold as it is to be read goes to `texts`.
class RecordReader {
 public:
  RecordReader(std::string_view bytes, const std::string& path, TextStore& texts);

  // The next record with some text, empty at the end of the file. Throws InputError for a stray
  // quote, one that is never closed, and a line that may be a comment or a row: "#1,1e8,2e9,3".
  // What it gives lasts until the next call, the texts as long as the bytes and the store.
  std::span<FileCell> next();

  // Whether the last record stands in the bytes without quotes, its fields divided by delimiter().
  bool is_plain() const { return is_plain_; }

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
  bool begins_plainly() const;
  void skip_comments();
  bool is_comment(std::string_view text) const;
  void skip_spaces();
  void take_record();
  // The same of a record without quotes, faster; false, and nothing taken, if it has one or if a
  // blank divides fields.
  bool take_plain_record();
  // A field that begins at `at`, which moves to its end.
  FileCell scanned(const char*& at, const char* end) const;
  // position: 1-based place of the field in its record, for errors.
  FileCell take_field(std::size_t position);
  FileCell take_plain(std::size_t position);
  FileCell take_quoted(std::size_t position);
  std::string_view take_inside_quotes();
  void take_quoted_character(std::string& text);
  [[noreturn]] void refuse_quote(std::size_t position) const;

  std::string_view rest_;
  const std::string& path_;
  TextStore& texts_;
  std::vector<FileCell> record_;
  std::size_t line_ = 1;
  char delimiter_;
  std::array<bool, 256> ends_plain_{};  // by character: what a field without quotes ends at
  bool is_plain_ = false;
  std::size_t num_names_ = 0;  // fields of the header, 0 above it
};

}  // namespace isoloss
