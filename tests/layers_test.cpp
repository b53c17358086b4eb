// The architecture: host -> cuda -> fits, one way; fits/ is headers that allocate, throw and print
// nothing and include only the standard library; every law is a file and every file is a law.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "host/laws/registry.h"
#include "tests/catch.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = ISOLOSS_SOURCE;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files_under(const char* folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(kSource / folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  return out;
}

// What a file includes: "host/fit/fit.h", "<vector>", ...
std::vector<std::string> includes_of(const std::string& text) {
  static const std::regex line(R"re((?:^|\n)\s*#include\s+(?:"([^"]+)"|(<[^>]+>)))re");
  std::vector<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at)
    out.push_back((*at)[1].matched ? (*at)[1].str() : (*at)[2].str());
  return out;
}

std::string without_comments(const std::string& text) {
  return std::regex_replace(text, std::regex("//[^\n]*"), "");
}

}  // namespace

TEST_CASE("Includes point one way: host to cuda to fits") {
  const struct {
    const char* folder;
    std::set<std::string> may_include;
  } layers[] = {{"fits", {"fits"}}, {"cuda", {"cuda", "fits"}}, {"host", {"host", "cuda", "fits"}}};
  for (const auto& [folder, may_include] : layers) {
    for (const fs::path& path : files_under(folder)) {
      for (const std::string& name : includes_of(text_of(path))) {
        if (name.front() == '<' || name.front() == '@') continue;
        INFO(path.string() << " includes " << name);
        CHECK(may_include.count(name.substr(0, name.find('/'))) == 1);
      }
    }
  }
}

TEST_CASE("No file of the host includes a CUDA header, and of cuda/ only its interface") {
  for (const fs::path& path : files_under("host")) {
    for (const std::string& name : includes_of(text_of(path))) {
      INFO(path.string() << " includes " << name);
      CHECK(name.find("cuda_") == std::string::npos);
      CHECK(name.find("cublas") == std::string::npos);
      CHECK(name.find("thrust") == std::string::npos);
      if (name.rfind("cuda/", 0) == 0)
        CHECK((name == "cuda/engine.h" || name == "cuda/device_error.h"));
    }
  }
}

TEST_CASE("fits/ is headers that include only the standard library") {
  for (const fs::path& path : files_under("fits")) {
    INFO(path.string());
    if (path.extension() == ".md") continue;
    const bool holds_tables = path.parent_path().stem() == "published" || path.stem() == "recipes";
    if (path.extension() == ".toml" && holds_tables) continue;
    CHECK(path.extension() == ".h");
    for (const std::string& name : includes_of(text_of(path)))
      CHECK((name.front() != '<' || name.find_first_of("./") == std::string::npos));
  }
}

TEST_CASE("fits/ allocates nothing, throws nothing and prints nothing") {
  const std::regex forbidden(
      R"re(\b(new|delete|malloc|throw|try|catch|printf|cout|cerr|std::vector|std::string)\b(?!_view))re");
  for (const fs::path& path : files_under("fits")) {
    if (path.extension() != ".h") continue;
    const std::string code = without_comments(text_of(path));
    std::smatch found;
    const bool any = std::regex_search(code, found, forbidden);
    INFO(path.string() << ": " << (any ? found.str() : ""));
    CHECK(!any);
  }
}

TEST_CASE("Every header of fits/laws is a law of that name, and the other way round") {
  std::set<std::string> headers;
  for (const fs::path& path : files_under("fits/laws")) headers.insert(path.stem());
  std::set<std::string> laws;
  for (const LawEntry& law : all_laws()) laws.insert(std::string(law.name));
  CHECK(headers == laws);
}

TEST_CASE("Files stay small") {
  for (const char* folder : {"fits", "cuda", "host", "tests", "scripts"}) {
    for (const fs::path& path : files_under(folder)) {
      const std::string extension = path.extension();
      if (extension != ".h" && extension != ".cpp" && extension != ".py") continue;
      const std::string text = text_of(path);
      INFO(path.string());
      CHECK(std::count(text.begin(), text.end(), '\n') <= 300);
    }
  }
}

}  // namespace isoloss
