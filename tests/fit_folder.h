// A published fit of one's own, for tests of the files and of the command.

#pragma once

#include <fmt/format.h>

#include <fstream>
#include <string>

#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {

// A fit of ten lines; expectations follow.
inline const std::string kHead = R"(title = "A surface without noise"
source = "Stanford CS336, assignment 3"
dataset = "cs336_isoflop.csv"
law = "chinchilla"
objective = { loss = "huber", delta = 1e-3, residual = "log" }
[published]
reproducible = true
[constants.true]
E = "2.69"
A = "1606.4"
B = "3210.7"
alpha = "0.34"
beta = "0.36"
)";

inline std::string expect(const std::string& quantity, const std::string& value,
                          const std::string& more = "") {
  return fmt::format("[[expect]]\nquantity = \"{}\"\nvalue = \"{}\"\n{}\n", quantity, value, more);
}

// A folder with one fit, which goes away with the test.
class FitFolder {
 public:
  explicit FitFolder(const std::string& text) { std::ofstream(folder_.file("own.toml")) << text; }
  ProgramRun verify(const std::string& flags = "2>&1") const {
    return run_program(fmt::format("verify --dir {} {}", path(), flags));
  }
  std::string path() const { return folder_.path(); }

 private:
  ScratchFolder folder_;
};

}  // namespace isoloss
