// A file as it lies.

#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace isoloss {

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace isoloss
