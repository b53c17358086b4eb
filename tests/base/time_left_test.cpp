#include "host/base/time_left.h"

#include <cmath>

#include "tests/catch.h"

namespace isoloss {

TEST_CASE("Minutes and hours are told as a clock does") {
  CHECK(minutes(7.4) == "0:07");
  CHECK(minutes(59.6) == "1:00");
  CHECK(minutes(3723) == "1:02:03");
  CHECK(minutes(-1) == "0:00");
}

TEST_CASE("Nothing is said of the time before a part is done") {
  TimeLeft left;
  CHECK(left.text(0).empty());
  left.tell(3, 0, 10);
  CHECK(left.text(4).empty());
  left.tell(5, 1, 10);
  CHECK(left.text(5) == ", 2 s each, 0:18 left");
}

TEST_CASE("What was done before the first telling does not count as fast") {
  TimeLeft left;
  left.tell(0, 1000, 4000);
  left.tell(1, 1100, 4000);
  CHECK(left.text(1) == ", 100/s, 0:29 left");
}

TEST_CASE("The next of several begins anew") {
  TimeLeft left;
  left.tell(0, 0, 1000);
  left.tell(10, 1000, 1000);
  left.tell(50, 0, 1000);
  CHECK(left.text(50).empty());
  left.tell(51, 100, 1000);
  CHECK(left.text(51) == ", 100/s, 0:09 left");
}

TEST_CASE("The time left runs down between parts and does not jump at one") {
  TimeLeft left;
  left.tell(0, 0, 100);
  left.tell(1, 1, 100);
  CHECK(std::lround(left.seconds(1)) == 99);
  CHECK(std::lround(left.seconds(3)) == 97);
  double before = left.seconds(5);
  // A part that takes ten times as long moves the estimate to about 1000 s.
  left.tell(11, 2, 100);
  for (double now = 11; now < 12; now += 0.2) {
    const double shown = left.seconds(now);
    CHECK(std::fabs(shown - before) < 400);
    before = shown;
  }
  CHECK(left.seconds(60) > 400);
}

}  // namespace isoloss
