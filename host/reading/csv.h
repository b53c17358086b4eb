// Bytes of a CSV or TSV file -> header and rows of fields. No field is interpreted here.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/reading/cells.h"
#include "host/reading/file_part.h"

namespace isoloss {

struct Field {
  std::string text;
  std::size_t line = 0;
};
using Record = std::vector<Field>;

// A table whose rows all have as many fields as the header.
struct CsvTable {
  std::string path;               // as the user gave it
  Record header;                  // distinct names; "" for an unnamed column
  FileCells cells;                // at least one row, a column a name
  std::vector<FilePart> parts;    // of several files; else empty
  std::size_t not_utf8_line = 0;  // first line that is not UTF-8, 0 if all are

  std::size_t num_rows() const { return cells.num_rows(); }
  // Line of the header, for errors about names.
  std::size_t header_line() const { return header.front().line; }
  // File that a row stands in.
  const std::string& path_of(std::size_t row) const;
  // Every header, for messages.
  std::vector<std::string> names() const;
  // Adds a column of empty cells.
  void add_column(const std::string& name);
};

// Throws InputError if two columns have one name, none has any, or there is no row.
void require_sound(const CsvTable& table);

// Splits a file as RFC 4180 does, and what people add to it:
//
//   delimiter  comma, tab, semicolon or pipe, whichever the header line has most of, or blanks if
//              it has none; a first line `sep=;` as Excel writes it decides
//   lines      LF, CRLF or CR; rows of empty fields only are skipped, and comments: RecordReader
//   decimals   commas too where none divides fields, see host/reading/decimal_commas.h
//   columns    empty fields past the last name are ignored, and so is a first column without a name
//              (the index of pandas, the row names of R)
//   throws     InputError for what is no text, has no header or no row, for duplicate headers, rows
//              that are too short or too long, and misplaced or unclosed quotes
//   cost       one pass over the bytes, which the table keeps; 0.3 GB/s
CsvTable parse_csv(std::string bytes, const std::string& path);

}  // namespace isoloss
