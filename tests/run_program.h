// Runs the program as a user does.

#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "host/base/data_folder.h"

namespace isoloss {

struct ProgramRun {
  int exit_code = -1;
  std::string output;  // standard output, or both streams if the command merges them
};

// As one word of a shell.
inline std::string quoted(const std::filesystem::path& path) {
  std::string out = "'";
  for (const char c : path.string()) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// What a shell runs: the program beside the tests, in the folder that holds datasets/, the root of
// the sources, so that printed paths are relative; `before` goes in front ("ISOLOSS_SIMD=avx2").
inline std::string program_command(const std::string& arguments, const std::string& before) {
  const auto data_sets = data_folder("datasets");
  if (!data_sets) throw std::runtime_error("no data sets beside the tests");
  const auto program = std::filesystem::read_symlink("/proc/self/exe").replace_filename("isoloss");
  return "cd " + quoted(data_sets->parent_path()) + " && " + before + " " + quoted(program) + " " +
         arguments;
}

// Runs `isoloss <arguments>` so.
inline ProgramRun run_program(const std::string& arguments, const std::string& before = "") {
  const std::string command = program_command(arguments, before);
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
