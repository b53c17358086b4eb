#include "host/base/time_left.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isoloss {

std::string minutes(double seconds) {
  const auto all = static_cast<long>(std::lround(std::max(seconds, 0.0)));
  if (all < 3600) return fmt::format("{}:{:02}", all / 60, all % 60);
  return fmt::format("{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60);
}

// The first telling begins the clock: what was done before it has a rate of its own.
void TimeLeft::tell(double now, int done, int all) {
  if (is_told_ && done < done_) *this = TimeLeft();  // the next of several, from its start
  if (!is_told_) {
    first_ = now;
    first_done_ = done;
  }
  if (!is_told_ || done != done_) last_ = now;
  is_told_ = true;
  done_ = done;
  all_ = all;
}

double TimeLeft::seconds(double now) {
  if (done_ <= first_done_ || last_ <= first_) return -1;
  constexpr double kTurns = 5;  // seconds in which a new estimate is believed
  const double next_in = std::max(0.0, (all_ - done_) * per_part() - (now - last_));
  if (!is_shown_) shown_ = next_in;
  const double passed = is_shown_ ? now - shown_at_ : 0;
  const double run_down = shown_ - passed;
  shown_ = std::max(0.0, run_down + (next_in - run_down) * (1 - std::exp(-passed / kTurns)));
  shown_at_ = now;
  is_shown_ = true;
  return shown_;
}

std::string TimeLeft::text(double now) {
  const double left = seconds(now);
  if (left < 0) return "";
  const double each = per_part();
  const std::string rate =
      each > 1 ? fmt::format("{:.0f} s each", each) : fmt::format("{:.0f}/s", 1 / each);
  return fmt::format(", {}, {} left", rate, minutes(left));
}

}  // namespace isoloss
