// The whole program but for its process: main() and the C interface run it.

#pragma once

namespace isoloss {

enum ExitCode : int {
  kDone = 0,
  kUnsound = 1,
  kBadInput = 2,
  kNoDevice = 3,
  kNoOutput = 4,
  kOwnError = 70,
  kInterrupted = 130,
};

// Parses a command line, argv[0] being the program's name, runs its command and gives the exit
// code. What it prints and writes goes to the call of this thread if there is one:
// host/base/call.h.
int run_command_line(int argc, const char* const* argv);

}  // namespace isoloss
