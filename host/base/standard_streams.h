// Standard input, output and error as a caller may leave them: closed, full, a pipe that nobody
// reads.

#pragma once

#include <string_view>

namespace isoloss {

// To call first. Descriptors that the caller closed would go to the first files that are opened,
// and messages into them; here they are open, and using them fails.
void guard_standard_streams();

// Writes to standard error, or to that of the call that the thread serves. What cannot be said is
// no reason to stop.
void say(std::string_view text);

}  // namespace isoloss
