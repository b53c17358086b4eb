// From a command line to an exit code: the one place that opens, writes and exits.

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

//   0 done, with warnings too    1 finished, but the fit did not converge or is not identifiable,
//                                  or it is not what was published
//   2 bad input or usage         3 the asked device is absent or failed
//   4 output cannot be written   70 our own error              130 interrupted
//
// What it prints and writes goes to the call of this thread if there is one: host/base/call.h.
int run_command_line(int argc, const char* const* argv);

}  // namespace isoloss
