// A linearised point whose parameters hang together, held against differences of the sums that it
// stands for.

#include "host/simd/elimination.h"

#include <array>
#include <cmath>
#include <vector>

#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kRuns = 8;
constexpr double kStep = 1e-4;
constexpr double kFirst[kRuns] = {1, -2, 0.5, 3, 0, 1.5, -1, 2};
constexpr double kSecond[kRuns] = {0.3, 1, -2, 0.1, 4, -0.7, 2, 1};
constexpr double kMultiplier[kRuns] = {1, -1, 0.5, 2, -0.3, 0.8, 1.1, -0.6};  // weight times y

// What run i is predicted.
double predicted(int i, double a, double b, double c) {
  return kFirst[i] * a * a + kSecond[i] * b * c + c * c * c + a * c;
}

double sum_at(double a, double b, double c) {
  double out = 0;
  for (int i = 0; i < kRuns; ++i) out += kMultiplier[i] * predicted(i, a, b, c);
  return out;
}

// c = a b + a^2 / 2
double tied(double a, double b) { return a * b + 0.5 * a * a; }

class Tied : public Elimination {
 public:
  explicit Tied(int place) : place_(place) {}
  int param() const override { return place_; }
  bool complete(double*) const override { return true; }
  void differentiate(const double* theta, double* first, double* second) const override {
    const int a = (place_ + 1) % 3, b = (place_ + 2) % 3;
    first[a] = theta[b] + theta[a];
    first[b] = theta[a];
    second[packed(a, a)] = 1;
    second[packed_any(a, b)] = 1;
  }

 private:
  int place_;
};

// The point at a and b, c being parameter `place`, a and b those behind it in turn.
class TiedPoint {
 public:
  TiedPoint(int place, double a, double b) : gradient_(3 * kRuns) {
    const double c = tied(a, b);
    at_[place] = 2, at_[(place + 1) % 3] = 0, at_[(place + 2) % 3] = 1;
    const double theta[3] = {a, b, c};
    for (int k = 0; k < 3; ++k) point.theta[k] = theta[at_[k]];
    point.gradient = gradient_.data();
    for (int i = 0; i < kRuns; ++i) add(i, a, b, c);
  }

  KinkPoint point{};

 private:
  void add(int i, double a, double b, double c) {
    const double first[3] = {2 * kFirst[i] * a + c, kSecond[i] * c, kSecond[i] * b + 3 * c * c + a};
    const double second[3][3] = {{2 * kFirst[i], 0, 1}, {0, 0, kSecond[i]}, {1, kSecond[i], 6 * c}};
    for (int k = 0; k < 3; ++k) {
      gradient_[static_cast<std::size_t>(k * kRuns + i)] = first[at_[k]];
      point.slope[k] += kMultiplier[i] * first[at_[k]];
      for (int l = 0; l <= k; ++l)
        point.curvature[packed(k, l)] += kMultiplier[i] * second[at_[k]][at_[l]];
    }
  }

  std::array<int, 3> at_{};  // of a, b and c, which each parameter is
  std::vector<double> gradient_;
};

}  // namespace

TEST_CASE(
    "A parameter that follows from others leaves their derivatives of first and second order") {
  const double a = 0.7, b = -0.4;
  const auto sum = [&](double da, double db) {
    return sum_at(a + da, b + db, tied(a + da, b + db));
  };
  const double h = kStep;
  const double slope_a = (sum(h, 0) - sum(-h, 0)) / (2 * h);
  const double slope_b = (sum(0, h) - sum(0, -h)) / (2 * h);
  const double aa = (sum(h, 0) - 2 * sum(0, 0) + sum(-h, 0)) / (h * h);
  const double bb = (sum(0, h) - 2 * sum(0, 0) + sum(0, -h)) / (h * h);
  const double ab = (sum(h, h) - sum(h, -h) - sum(-h, h) + sum(-h, -h)) / (4 * h * h);
  for (const int place : {0, 1, 2}) {
    INFO(place);
    TiedPoint own(place, a, b);
    eliminate(Tied(place), 3, kRuns, own.point);
    const int at_a = (place + 1) % 3, at_b = (place + 2) % 3;
    const KinkPoint& got = own.point;
    CHECK(std::fabs(got.slope[at_a] - slope_a) < tolerance::kDifference);
    CHECK(std::fabs(got.slope[at_b] - slope_b) < tolerance::kDifference);
    CHECK(std::fabs(got.curvature[packed(at_a, at_a)] - aa) < tolerance::kDifference);
    CHECK(std::fabs(got.curvature[packed(at_b, at_b)] - bb) < tolerance::kDifference);
    CHECK(std::fabs(got.curvature[packed_any(at_a, at_b)] - ab) < tolerance::kDifference);
    CHECK(got.slope[place] == 0);
    for (int k = 0; k < 3; ++k) CHECK(got.curvature[packed_any(place, k)] == 0);
    for (int i = 0; i < kRuns; ++i) CHECK(got.gradient[place * kRuns + i] == 0);
    double slope = 0;
    for (int i = 0; i < kRuns; ++i) slope += kMultiplier[i] * got.gradient[at_a * kRuns + i];
    CHECK(std::fabs(slope - slope_a) < tolerance::kDifference);
  }
}

}  // namespace isoloss
