// Ending work early: who starts work gives it a token, whoever may end it sets that, and every long
// loop of the work looks at it. Nothing is shared by two pieces of work.

#pragma once

#include <atomic>
#include <cerrno>

namespace isoloss {

// Set by another thread or by a signal handler, never cleared; null: nobody ends the work. It
// outlives the work.
using StopToken = const std::atomic<bool>*;

// What work throws that was asked to end.
struct Interrupted {};

// Makes a token that of this thread's work as long as the scope lives, in place of the one before.
// Null changes nothing.
class StopScope {
 public:
  explicit StopScope(StopToken token);
  ~StopScope();
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;

 private:
  const StopToken before_;
};

// The token of this thread's work; for threads and devices that share it.
StopToken stop_token();
// Throws Interrupted if it is set. Costs some nanoseconds.
void throw_if_stopped();

// The same of a loop whose single turns are shorter than that: looks now and then.
class StopWatch {
 public:
  void look() {
    if (++turns_ % kTurns == 0) throw_if_stopped();
  }

 private:
  static constexpr unsigned kTurns = 4096;
  unsigned turns_ = 0;
};

// Makes a call of the system that a signal may break off, again unless that signal ends the work:
// what waits for a pipe waits until the user interrupts. Gives what the call gave; throws
// Interrupted.
template <class Call>
auto until_stopped(Call&& call) {
  for (;;) {
    throw_if_stopped();
    const auto out = call();
    if (out >= 0 || errno != EINTR) return out;
  }
}

}  // namespace isoloss
