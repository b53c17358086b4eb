// How far work has come: told where it is done, shown where a user waits for it.

#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "host/base/time_left.h"

namespace isoloss {

// To whoever watches the work of this thread, a Progress or the call of another program; costs
// little where nobody does. what: of which parts `done` of `all` are done: "bootstrap". When all
// are, what comes next has not told yet how long it is.
void tell_progress(std::string_view what, int done, int all);

// A line on standard error, if that is a terminal, of what this thread tells as long as it lives:
// "fit, bootstrap 1234 of 4000, 9870/s, 0:02 left". It moves from the first second on, also while
// nothing is told, and short work shows none.
class Progress {
 public:
  explicit Progress(std::string of_what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void tell(std::string_view what, int done, int all);

 private:
  using Clock = std::chrono::steady_clock;
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  void show();
  void run();

  const std::string of_what_;
  const Clock::time_point begin_ = Clock::now();
  Progress* const before_;
  bool shown_ = false;

  std::mutex mutex_;  // of what follows
  std::condition_variable ended_;
  bool ends_ = false;
  std::string what_;
  int done_ = 0, all_ = 0;
  TimeLeft left_;
  std::thread thread_;
};

}  // namespace isoloss
