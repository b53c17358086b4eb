// The data of charts, of a page and of the figures of a saved fit.

#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {

using Json = nlohmann::json;

// What lies between two marks of a page.
inline std::string between(const std::string& text, const std::string& before,
                           const std::string& after) {
  const std::size_t begin = text.find(before) + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

inline Json charts_of(const std::string& html) {
  return Json::parse(between(html, "id=\"charts\">", "</script>"));
}

// The charts of the page of a command.
inline Json charts_of_page(const std::string& command) {
  const ScratchFolder scratch;
  const std::string stub = scratch.file("plotly.js"), path = scratch.file("page.html");
  std::ofstream(stub) << "''\n";
  CHECK(run_program(command + " --report " + isoloss::quoted(path) + " --plotly " +
                    isoloss::quoted(stub) + " >/dev/null 2>&1")
            .exit_code <= 1);
  return charts_of(read_file(path));
}

// A fit with its draws, saved.
class SavedFigures {
 public:
  explicit SavedFigures(const std::string& fit) {
    const bool has_draws = fit.find("--bootstrap 0") == std::string::npos;
    if (has_draws) draws_ = " --draws " + isoloss::quoted(scratch_.file("fit.npy"));
    CHECK(run_program(fit + " --quiet --json " + isoloss::quoted(path()) + draws_ + " 2>/dev/null")
              .exit_code <= 1);
  }

  std::string path() const { return scratch_.file("fit.json"); }
  Json json() const { return Json::parse(read_file(path())); }
  Json chart(const std::string& kind, const std::string& how = "") const {
    const std::string out = scratch_.file("chart.json");
    INFO(kind);
    REQUIRE(run_program("figure " + kind + " --fit " + isoloss::quoted(path()) + draws_ + " -o " +
                        isoloss::quoted(out) + " " + how)
                .exit_code == 0);
    return Json::parse(read_file(out));
  }

 private:
  ScratchFolder scratch_;
  std::string draws_;
};

}  // namespace isoloss
