// From a command line to an exit code: the one place that opens, writes and exits.

#pragma once

namespace isoloss {

//   0 done, with warnings too    1 finished, but the fit did not converge or is not identifiable,
//                                  or it is not what was published
//   2 bad input or usage         3 the asked device is absent or failed
//   4 output cannot be written   70 our own error              130 interrupted
int run_command_line(int argc, char** argv);

}  // namespace isoloss
