// Columns in memory -> the bytes of a CSV file, so that one reader serves both.

#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace isoloss {

// One of two arrays of a value a row.
struct MemoryColumn {
  const char* name;
  const double* numbers;     // NaN is a missing value; nullptr where the values are text
  const char* const* texts;  // UTF-8, nullptr is a missing value
};

// Row i lies on line i + 2, below the header, if no text holds a line break. Numbers have the
// shortest digits that give the same double back, so nothing is rounded on the way.
std::string column_bytes(std::span<const MemoryColumn> columns, std::size_t num_rows);

}  // namespace isoloss
