// The pages that users read: README.md and those of docs/.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/test_files.h"

namespace isoloss {

inline std::filesystem::path page_path(const std::string& page) {
  return tests_folder().parent_path() / page;
}

inline std::string page_text(const std::string& page) { return test_file("../" + page); }

// "README.md", "docs/README.md", ...
inline std::vector<std::string> doc_pages() {
  std::vector<std::string> out{"README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(page_path("docs")))
    if (entry.path().extension() == ".md")
      out.push_back("docs/" + entry.path().filename().string());
  return out;
}

}  // namespace isoloss
