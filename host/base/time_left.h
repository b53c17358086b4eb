// The rate of work and the time that it still takes, told so that neither jumps.

#pragma once

#include <string>

namespace isoloss {

inline constexpr double kSecondsAnHour = 3600;

// "0:07", "1:02:03".
std::string minutes(double seconds);

class TimeLeft {
 public:
  // `done` of `all` parts are done at `now`, in seconds from any origin.
  void tell(double now, int done, int all);

  // ", 410/s, 0:07 left", or ", 12 s each, 1:07 left"; empty before a part is done.
  std::string text(double now);

  // The same as a number; below 0 before a part is done. It runs down with the clock and turns to
  // a new estimate within some seconds.
  double seconds(double now);

 private:
  double per_part() const { return (last_ - first_) / (done_ - first_done_); }

  bool is_told_ = false, is_shown_ = false;
  double first_ = 0, last_ = 0;  // when parts were told
  int first_done_ = 0, done_ = 0, all_ = 0;
  double shown_ = 0, shown_at_ = 0;
};

}  // namespace isoloss
