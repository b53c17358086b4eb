// Another program, run to its end.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace isoloss {

struct ChildRun {
  int exit_code = 0;  // -1: a signal ended it
  std::string output, error;
};

// Without a shell; words[0] is looked up as a shell would. None where there is no such program.
std::optional<ChildRun> run_child(const std::vector<std::string>& words, const std::string& input);

}  // namespace isoloss
