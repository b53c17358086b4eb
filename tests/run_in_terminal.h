// Runs the program in a terminal, as a user sees it.

#pragma once

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>

#include "tests/run_program.h"

namespace isoloss {

// What a terminal shows of both streams, all lines and codes of colour; `before` goes in front of
// the program ("NO_COLOR=1").
inline ProgramRun run_in_terminal(const std::string& arguments, unsigned short columns,
                                  const std::string& before = "") {
  const std::string command =
      "unset COLUMNS NO_COLOR; export TERM=xterm; " + program_command(arguments, before);
  winsize size{};
  size.ws_row = 40;
  size.ws_col = columns;
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child < 0) throw std::runtime_error("no terminal");
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  ProgramRun run;
  std::array<char, 4096> buffer{};
  // Linux ends a terminal that nobody writes to any more with an error.
  for (;;) {
    const ssize_t got = read(terminal, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    run.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(terminal);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

}  // namespace isoloss
