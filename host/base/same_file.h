// Whether two paths are one file.

#pragma once

#include <string>

namespace isoloss {

// The same place on the disk, or the same absolute path of files that are not there yet. Of a
// device nothing is lost if it is named twice: false.
bool is_same_file(const std::string& a, const std::string& b);

// Whether what is open there is what the path names, a device too.
bool is_open_as(int descriptor, const std::string& path);

// Where a chain of symbolic links ends, which may not exist yet.
std::string link_target(std::string path);

}  // namespace isoloss
