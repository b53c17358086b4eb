// The architecture: host -> cuda -> fits, one way; the rooms of host/ stand on each other in one
// order; fits/ is headers that allocate, throw and print nothing and include only the standard
// library; every law is a file and every file is a law.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

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

// From the ground up: a room includes itself and the rooms before it.
const std::array kRooms{"base",   "simd", "formula", "curves", "reading", "laws",
                        "search", "fit",  "answers", "report", "commands"};
// What may lie in host/ itself, above every room: the program, the build, what is public.
const std::set<std::string> kAboveRooms{
    "main.cpp",    "host.cmake",    "isoloss.h",       "capi.h",
    "capi.cpp",    "install.cmake", "libraries.cmake", "isoloss-config.cmake.in",
    "shell.cmake", "unite.cmake"};
// The interface of cuda/, with the first room that may include each header.
const std::map<std::string, std::string> kCudaInterface{{"cuda/device_error.h", "base"},
                                                        {"cuda/engine.h", "search"}};

// Place of a room; that of no room is above all.
std::ptrdiff_t place_of(const std::string& room) {
  return std::find(kRooms.begin(), kRooms.end(), room) - kRooms.begin();
}

// "fit" of "host/fit/fit.h"; empty for a file that lies in host/ itself.
std::string room_of(const std::string& name) {
  const std::size_t begin = name.find('/') + 1;
  const std::size_t end = name.find('/', begin);
  return end == std::string::npos ? "" : name.substr(begin, end - begin);
}

bool has_place(const std::string& name) {
  const std::string room = room_of(name);
  if (room.empty()) return kAboveRooms.contains(name.substr(name.find('/') + 1));
  return place_of(room) < std::ssize(kRooms);
}

// Whether a file of host/ may include a header of host/ or cuda/: from its own room or below.
bool points_down(const std::string& file, const std::string& header) {
  const auto interface = kCudaInterface.find(header);
  if (interface != kCudaInterface.end())
    return place_of(interface->second) <= place_of(room_of(file));
  return header.starts_with("host/") && place_of(room_of(header)) <= place_of(room_of(file));
}

std::string without_comments(const std::string& text) {
  return std::regex_replace(text, std::regex("//[^\n]*"), "");
}

// Sources and scripts, whose names have no ending.
bool is_written(const fs::path& path) {
  const std::set<std::string> endings{"", ".h", ".cpp", ".py", ".js", ".css"};
  return endings.contains(path.extension());
}

// Flags within string literals, but for those of other programs and what style sheets name so.
std::set<std::string> flags_in_strings(const std::string& text) {
  static const std::regex literal(R"re("(?:\\.|[^"\\\n])*")re"), flag("--[a-z][a-z-]*");
  std::set<std::string> out;
  const std::string code = without_comments(text);
  for (std::sregex_iterator at(code.begin(), code.end(), literal), end; at != end; ++at) {
    const std::string own = at->str();
    for (std::sregex_iterator in(own.begin(), own.end(), flag); in != end; ++in)
      out.insert(in->str());
  }
  for (const char* foreign : {"--preset", "--gpus", "--wide-rows", "--narrow-rows"})
    out.erase(foreign);
  return out;
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

TEST_CASE("Every file of the host lies in a room, and the room is in the table") {
  for (const fs::path& path : files_under("host")) {
    INFO(path.string());
    CHECK(has_place(fs::relative(path, kSource).generic_string()));
  }
  CHECK(has_place("host/main.cpp"));
  CHECK(!has_place("host/fit.cpp"));
  CHECK(!has_place("host/cellar/fit.cpp"));
}

TEST_CASE("A room of the host includes only itself and rooms that stand below it") {
  for (const fs::path& path : files_under("host")) {
    for (const std::string& name : includes_of(text_of(path))) {
      if (!name.starts_with("host/") && !name.starts_with("cuda/")) continue;
      INFO(path.string() << " includes " << name);
      CHECK(points_down(fs::relative(path, kSource).generic_string(), name));
    }
  }
}

TEST_CASE("An include that points up is found") {
  CHECK(points_down("host/fit/profile.cpp", "host/base/statistics.h"));
  CHECK(points_down("host/answers/race/race.cpp", "host/answers/race/curve.h"));
  CHECK(points_down("host/main.cpp", "host/commands/commands.h"));
  CHECK(!points_down("host/base/statistics.h", "host/fit/result.h"));
  CHECK(!points_down("host/curves/schedule.cpp", "host/reading/run_table.h"));
  CHECK(!points_down("host/answers/race/race.cpp", "host/report/race.h"));
  CHECK(!points_down("host/commands/fit.cpp", "host/isoloss.h"));
  CHECK(!points_down("host/reading/csv.cpp", "host/csv.h"));
  CHECK(points_down("host/search/engine_choice.h", "cuda/engine.h"));
  CHECK(!points_down("host/simd/kernels.h", "cuda/engine.h"));
  CHECK(!points_down("host/search/cpu_engine.cpp", "cuda/batch.h"));
}

TEST_CASE("Messages of the library name options, and only the command line spells them as flags") {
  for (const fs::path& path : files_under("host")) {
    const std::string name = fs::relative(path, kSource).generic_string();
    if (room_of(name).empty() || room_of(name) == "commands") continue;
    INFO(name);
    CHECK(flags_in_strings(text_of(path)) == std::set<std::string>{});
  }
  CHECK(flags_in_strings("f(\"give --law\");  // not \"--fix\"") == std::set<std::string>{"--law"});
  CHECK(flags_in_strings("\"cmake --preset x\"").empty());
}

TEST_CASE("No file of the host includes a CUDA header") {
  for (const fs::path& path : files_under("host")) {
    for (const std::string& name : includes_of(text_of(path))) {
      INFO(path.string() << " includes " << name);
      CHECK(name.find("cuda_") == std::string::npos);
      CHECK(name.find("cublas") == std::string::npos);
      CHECK(name.find("thrust") == std::string::npos);
    }
  }
}

TEST_CASE("fits/ is headers that include only the standard library") {
  for (const fs::path& path : files_under("fits")) {
    INFO(path.string());
    if (path.extension() == ".md") continue;
    const bool holds_tables = path.parent_path().stem() == "published" ||
                              path.stem() == "recipes" || path.stem() == "devices";
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
  for (const char* folder : {"fits", "cuda", "host", "tests", "scripts", "python"}) {
    for (const fs::path& path : files_under(folder)) {
      if (!is_written(path)) continue;
      const std::string text = text_of(path);
      INFO(path.string());
      CHECK(std::count(text.begin(), text.end(), '\n') <= 300);
    }
  }
  CHECK(is_written("scripts/setup"));
  CHECK(is_written("python/isoloss/_chart.py"));
  CHECK(!is_written("python/isoloss/__pycache__/_chart.cpython-311.pyc"));
}

}  // namespace isoloss
