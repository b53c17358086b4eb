// Files that gzip compressed.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

bool is_gzip(std::string_view bytes);

// What was compressed. Throws InputError if it is damaged, cut off, or longer than a file may be.
std::string gunzip(std::string_view bytes, const std::string& path);

}  // namespace isoloss
