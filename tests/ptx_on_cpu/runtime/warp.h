// What the lanes of a warp do together: shuffles, votes and barriers of a warp.

#pragma once

#include <span>

#include "tests/ptx_on_cpu/runtime/thread.h"

namespace isoloss::ptx {

// Answers each request whose lanes have all come; true if there was one. Lanes that have exited are
// not waited for, as on the device. warp: up to 32 threads in order of their lanes.
bool answer_warp(std::span<Thread> warp);

}  // namespace isoloss::ptx
