// Several files that are read as one table.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace isoloss {

// Rows of one file of several, up to those of the next.
struct FilePart {
  std::string path;
  std::size_t first_row;
};

// The file that a row of the table stands in; of a single file there are no parts.
inline const std::string& path_in(const std::vector<FilePart>& parts, const std::string& single,
                                  std::size_t row) {
  const std::string* found = &single;
  for (const FilePart& part : parts)
    if (part.first_row <= row) found = &part.path;
  return *found;
}

}  // namespace isoloss
