// Files beside the tests, found wherever the tests run.

#pragma once

#include <filesystem>
#include <string>

#include "host/base/file_bytes.h"

namespace isoloss {

// tests/
inline std::filesystem::path tests_folder() {
  return std::filesystem::path(__FILE__).parent_path();
}

// Bytes of a file named from tests/, such as "bad_input/a00_good.csv".
inline std::string test_file(const std::string& name) {
  return read_file((tests_folder() / name).string());
}

}  // namespace isoloss
