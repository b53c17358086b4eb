// A line of progress on standard error, only if that is a terminal; or what a call from another
// program does with it.

#pragma once

#include <chrono>
#include <string>

namespace isoloss {

class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // "bootstrap 1234 of 4000, 9870/s, 0:02 left"; at most ten times a second.
  void show(int done, int all);
  // Takes the line away.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  const std::string what_;
  const bool terminal_;
  bool shown_ = false;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
};

}  // namespace isoloss
