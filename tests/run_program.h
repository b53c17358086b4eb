// Runs the program as a user does.

#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace isoloss {

struct ProgramRun {
  int exit_code = -1;
  std::string output;  // standard output, or both streams if the command merges them
};

// Runs `isoloss <arguments>` in a shell at the root of the sources, so that printed paths are
// relative; `before` goes in front ("ISOLOSS_SIMD=avx2").
inline ProgramRun run_program(const std::string& arguments, const std::string& before = "") {
  const std::string command =
      "cd " ISOLOSS_SOURCE " && " + before + " " ISOLOSS_PROGRAM " " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  ProgramRun run;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    run.output.append(buffer.data(), got);
  const int status = pclose(pipe);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

}  // namespace isoloss
