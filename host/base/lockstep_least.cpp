#include "host/base/lockstep_least.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace isoloss {
namespace {

constexpr double kGolden = 0.6180339887498949;  // (sqrt(5) - 1) / 2

double or_infinite(double y) { return std::isnan(y) ? INFINITY : y; }

// One row: ends of a range, two points within it and what is least of all that was seen.
struct GoldenRange {
  double a, b;  // ends
  double c = 0, d = 0, fc = INFINITY, fd = INFINITY;
  bool has_replaced_c = true;

  double inner(double share) const { return a + share * (b - a); }
  // Leaves out what lies beyond the worse point; the place of the new one.
  double shrink() {
    has_replaced_c = fc < fd;
    if (has_replaced_c) {
      b = d, d = c, fd = fc;
      return c = inner(1 - kGolden);
    }
    a = c, c = d, fc = fd;
    return d = inner(kGolden);
  }
};

// All rows of a search.
class LeastSearch {
 public:
  LeastSearch(const std::vector<double>& lower, const std::vector<double>& upper, int num_places,
              const RowsFunction& f)
      : lower_(lower), upper_(upper), num_(lower.size()), last_(num_places - 1), f_(f) {
    x_.resize(num_);
    y_.resize(num_);
    best_ = {std::vector<double>(num_, NAN), std::vector<double>(num_, INFINITY)};
  }

  LeastOfRows least(int num_steps) {
    for (int place = 0; place <= last_; ++place) {
      for (std::size_t i = 0; i < num_; ++i) x_[i] = at(i, place);
      look();
      seen_.push_back(y_);
    }
    std::vector<int> best(num_), valley(num_);
    for (std::size_t i = 0; i < num_; ++i) {
      best[i] = best_place(i, false);
      valley[i] = best_place(i, true);
    }
    section(best, num_steps);
    if (valley != best) section(valley, num_steps);
    for (std::size_t i = 0; i < num_; ++i)
      if (std::isnan(best_.x[i])) best_.y[i] = NAN;
    return best_;
  }

 private:
  double at(std::size_t i, int place) const {
    return lower_[i] + place * (upper_[i] - lower_[i]) / last_;
  }
  void look() {
    f_(x_, y_);
    for (std::size_t i = 0; i < num_; ++i) {
      y_[i] = or_infinite(y_[i]);
      if (y_[i] < best_.y[i]) best_.x[i] = x_[i], best_.y[i] = y_[i];
    }
  }

  // Of all places, or of those within that are less than both neighbours, if there are any.
  int best_place(std::size_t i, bool is_valley) const {
    const auto y = [&](int place) { return seen_[static_cast<std::size_t>(place)][i]; };
    int out = -1;
    for (int place = 0; place <= last_; ++place) {
      if (is_valley && (place == 0 || place == last_ || !(y(place) < y(place - 1)) ||
                        !(y(place) <= y(place + 1))))
        continue;
      if (out < 0 || y(place) < y(out)) out = place;
    }
    return out < 0 ? best_place(i, false) : out;
  }

  // Between the neighbours of a place of each row.
  void section(const std::vector<int>& places, int num_steps) {
    std::vector<GoldenRange> rows;
    for (std::size_t i = 0; i < num_; ++i)
      rows.push_back({at(i, std::max(places[i] - 1, 0)), at(i, std::min(places[i] + 1, last_))});
    for (std::size_t i = 0; i < num_; ++i) x_[i] = rows[i].c = rows[i].inner(1 - kGolden);
    look();
    for (std::size_t i = 0; i < num_; ++i) rows[i].fc = y_[i];
    for (std::size_t i = 0; i < num_; ++i) x_[i] = rows[i].d = rows[i].inner(kGolden);
    look();
    for (std::size_t i = 0; i < num_; ++i) rows[i].fd = y_[i];
    for (int step = 0; step < num_steps; ++step) {
      for (std::size_t i = 0; i < num_; ++i) x_[i] = rows[i].shrink();
      look();
      for (std::size_t i = 0; i < num_; ++i)
        (rows[i].has_replaced_c ? rows[i].fc : rows[i].fd) = y_[i];
    }
  }

  const std::vector<double>&lower_, &upper_;
  std::size_t num_;
  int last_;  // place
  const RowsFunction& f_;
  std::vector<double> x_, y_;
  std::vector<std::vector<double>> seen_;  // by place, then row
  LeastOfRows best_;
};

}  // namespace

LeastOfRows lockstep_least(const std::vector<double>& lower, const std::vector<double>& upper,
                           int num_places, const RowsFunction& f, int num_steps) {
  return LeastSearch(lower, upper, num_places, f).least(num_steps);
}

}  // namespace isoloss
