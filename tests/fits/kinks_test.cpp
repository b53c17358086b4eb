// The parts of the finish of a fit with kinks, each against brute force: the line search, the model
// of Huber's and of absolute residuals, level faces, and what is not proved.

#include <array>
#include <cmath>
#include <vector>

#include "fits/kinks/face.h"
#include "fits/random.h"
#include "tests/catch.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kRuns = 21;
constexpr std::size_t kPadded = 24;

// Residuals that are linear in two parameters, with whole-number weights, and what the solvers
// need.
struct Rows {
  std::vector<double> residual = std::vector<double>(kPadded);
  std::vector<double> gradient = std::vector<double>(2 * kPadded);
  std::vector<double> weight = std::vector<double>(kPadded);
  std::vector<double> moved = residual, rate = residual, y = residual, shifted = residual;
  std::vector<KinkBreak> breaks = std::vector<KinkBreak>(3 * kPadded);
  KinkRoom room{moved.data(), rate.data(), breaks.data()};

  KinkRows view() const {
    return {residual.data(), gradient.data(), weight.data(), static_cast<int>(kPadded), 2};
  }
  double weight_of_all() const {
    double sum = 0;
    for (const double own : weight) sum += own;
    return sum;
  }
};

Rows random_rows(std::uint64_t stream) {
  Rows out;
  for (std::uint32_t i = 0; i < kRuns; ++i) {
    out.residual[i] = normal(11, stream, i);
    out.gradient[i] = 1;
    out.gradient[kPadded + i] = normal(12, stream, i);
    out.weight[i] = std::floor(1 + 3 * std::fabs(normal(13, stream, i)));
  }
  return out;
}

KinkModel model_of(const Rows& rows, const KinkZone& zone, double reach) {
  KinkModel out;
  out.rows = rows.view();
  out.zone = zone;
  for (double& own : out.curvature) own = 0;
  for (int k = 0; k < 2; ++k) {
    out.lower[k] = -reach;
    out.upper[k] = reach;
  }
  return out;
}

double value_at(const Rows& rows, const KinkZone& zone, double d0, double d1, bool absolute) {
  double sum = 0;
  for (std::size_t i = 0; i < kRuns; ++i) {
    const double r = rows.residual[i] + d0 * rows.gradient[i] + d1 * rows.gradient[kPadded + i];
    const double size = std::fabs(r);
    const double huber = size <= zone.delta ? 0.5 * r * r : zone.delta * (size - 0.5 * zone.delta);
    sum += rows.weight[i] * (r > 0 ? zone.over : 1) * (absolute ? size : huber);
  }
  return sum;
}

// The least of a convex function on [lower, upper], by thirds.
template <class F>
double least_of(double lower, double upper, F&& f) {
  for (int round = 0; round < 120; ++round) {
    const double third = (upper - lower) / 3;
    if (f(lower + third) < f(upper - third))
      upper -= third;
    else
      lower += third;
  }
  return f(0.5 * (lower + upper));
}

double brute_force(const Rows& rows, const KinkZone& zone) {
  return least_of(-8, 8, [&](double d0) {
    return least_of(-8, 8, [&](double d1) { return value_at(rows, zone, d0, d1, false); });
  });
}

// A least sum of absolute residuals passes through two runs.
double by_enumeration(const Rows& rows) {
  double least = INFINITY;
  for (std::size_t i = 0; i < kRuns; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double a = rows.gradient[kPadded + i];
      const double b = rows.gradient[kPadded + j];
      const double d1 = -(rows.residual[i] - rows.residual[j]) / (a - b);
      least = std::min(least, value_at(rows, {0}, -rows.residual[i] - a * d1, d1, true));
    }
  }
  return least;
}

// What a residual above zero counts: of half of the streams as much as one below.
double over(std::uint64_t stream) { return stream % 4 < 2 ? 1 : 7; }

KinkLine random_line(Rows& rows, std::uint64_t stream, const KinkZone& zone, double curvature) {
  double slope = 0;
  for (std::uint32_t i = 0; i < kRuns; ++i) {
    rows.rate[i] = normal(14, stream, i);
    slope += rows.weight[i] * rows.rate[i] * zone.slope(rows.residual[i]);
  }
  // Downhill at the beginning.
  return {
      rows.residual.data(), rows.rate.data(), rows.weight.data(), static_cast<int>(kPadded), zone,
      -slope - zone.delta,  curvature};
}

}  // namespace

TEST_CASE("A line search ends where a convex piecewise quadratic is least") {
  for (std::uint64_t stream = 0; stream < 200; ++stream) {
    Rows rows = random_rows(stream);
    const double delta = std::pow(10.0, -static_cast<double>(stream % 9));
    const double curvature = stream % 2 == 0 ? 0 : 0.1 * delta;
    const KinkLine line = random_line(rows, stream, {delta, over(stream)}, curvature);
    const double most = stream % 3 == 0 ? 0.1 : 1e4;
    const double t = least_along(line, most, rows.breaks.data());
    REQUIRE(t > 0);
    // The slope changes its sign there, or the way ends.
    const double scale = std::fabs(line.slope(0));
    CHECK(line.slope(t * (1 - tolerance::kBreakpoint)) <= tolerance::kModelSlope * scale);
    if (t < most)
      CHECK(line.slope(t * (1 + tolerance::kBreakpoint)) >= -tolerance::kModelSlope * scale);
  }
}

TEST_CASE("A line search of a model that is not convex ends in its first minimum") {
  int inner = 0;
  for (std::uint64_t stream = 0; stream < 200; ++stream) {
    Rows rows = random_rows(stream);
    const KinkLine line = random_line(rows, stream, {0.3, over(stream)}, -0.5);
    const double most = 50;
    const double t = least_along(line, most, rows.breaks.data());
    REQUIRE(t > 0);
    for (int j = 1; j < 100; ++j) CHECK(line.slope(t * j / 100) < 0);
    if (t == most) continue;
    ++inner;
    CHECK(std::fabs(line.slope(t)) <= tolerance::kModelSlope * std::fabs(line.slope(0)));
    CHECK(line.slope(t * (1 + tolerance::kDifferenceStep)) > 0);
  }
  CHECK(inner > 100);
}

TEST_CASE("A line search stays where the way goes up") {
  Rows rows = random_rows(1);
  KinkLine line = random_line(rows, 1, {0.1}, 0);
  line.linear += 10;
  CHECK(least_along(line, 10, rows.breaks.data()) == 0);
}

TEST_CASE("The model of Huber residuals is solved to the least of a nested search") {
  for (std::uint64_t stream = 0; stream < 30; ++stream) {
    Rows rows = random_rows(stream);
    const KinkZone zone{std::pow(10.0, -static_cast<double>(stream % 7)), over(stream)};
    KinkModelSolver solver;
    solver.step[0] = solver.step[1] = 0;
    solver.solve(model_of(rows, zone, 100), rows.room);
    const double own = value_at(rows, zone, solver.step[0], solver.step[1], false);
    CHECK(own <= brute_force(rows, zone) * (1 + tolerance::kGoldenObjective));
  }
}

TEST_CASE("The model stops at its box, and its box holds a parameter") {
  Rows rows = random_rows(3);
  KinkModel model = model_of(rows, {0.1}, 100);
  model.lower[0] = model.upper[0] = 0;
  model.upper[1] = 1e-3;
  model.lower[1] = -1e-3;
  KinkModelSolver solver;
  solver.step[0] = solver.step[1] = 0;
  solver.solve(model, rows.room);
  CHECK(solver.step[0] == 0);
  const double least =
      least_of(-1e-3, 1e-3, [&](double d1) { return value_at(rows, {0.1}, 0, d1, false); });
  CHECK(value_at(rows, {0.1}, 0, solver.step[1], false) <=
        least * (1 + tolerance::kGoldenObjective));
}

TEST_CASE("The model of absolute residuals is solved to the best line through two runs") {
  for (std::uint64_t stream = 0; stream < 60; ++stream) {
    Rows rows = random_rows(stream);
    const KinkModel model = model_of(rows, {0}, 100);
    const double objective = value_at(rows, {0}, 0, 0, true);
    KinkModelSolver solver;
    KinkModel scaled;
    solve_absolute_model(model, objective, rows.weight_of_all(), solver, rows.room, rows.y.data(),
                         rows.shifted.data(), scaled);
    const double own = value_at(rows, {0}, solver.step[0], solver.step[1], true);
    const double least = by_enumeration(rows);
    CHECK(own <= least * (1 + tolerance::kGoldenObjective));
    CHECK(own >= least * (1 - tolerance::kGoldenObjective));
    for (const double y : rows.y) CHECK(std::fabs(y) <= 1);
  }
}

namespace {

const std::array<Bounds, 2> kFree{Bounds{-100, 100}, Bounds{-100, 100}};
const std::array<bool, 2> kPlain{};

const KinkLoss kAbsolute{true, {0}};

KinkParams two_params() { return {kFree.data(), kPlain.data(), kPlain.data(), 2}; }

// Moves the residuals to a step of the model.
void move_to(Rows& rows, const double* step) {
  for (std::size_t i = 0; i < kPadded; ++i)
    rows.residual[i] += step[0] * rows.gradient[i] + step[1] * rows.gradient[kPadded + i];
}

KinkProof proof_of(Rows& rows, const KinkLoss& loss) {
  const std::array<double, num_packed(2)> curvature{};
  const std::array<double, 2> theta{};
  const double value = loss.sum(rows.view(), rows.residual.data());
  const KinkEnd end{rows.view(), curvature.data(),     theta.data(),
                    value,       rows.weight_of_all(), rows.y.data()};
  return prove_kinks(end, loss, two_params());
}

}  // namespace

TEST_CASE("Absolute residuals are proved at their optimum and nowhere near it") {
  for (std::uint64_t stream = 0; stream < 60; ++stream) {
    Rows rows = random_rows(stream);
    const KinkModel model = model_of(rows, {0}, 100);
    KinkModelSolver solver;
    KinkModel scaled;
    solve_absolute_model(model, value_at(rows, {0}, 0, 0, true), rows.weight_of_all(), solver,
                         rows.room, rows.y.data(), rows.shifted.data(), scaled);
    move_to(rows, solver.step);
    const KinkProof proof = proof_of(rows, kAbsolute);
    CHECK(proof.gradient_is_zero);
    CHECK(proof.scaled_gradient < tolerance::kModelSlope);
    CHECK(proof.is_linear);
    // Next to it the gap is open; with the signs there, the gradient is not zero.
    const std::array<double, 2> aside{tolerance::kAside, 0};
    move_to(rows, aside.data());
    CHECK(!proof_of(rows, kAbsolute).gradient_is_zero);
    for (std::size_t i = 0; i < kPadded; ++i) rows.y[i] = kAbsolute.slope(rows.residual[i]);
    CHECK(!proof_of(rows, kAbsolute).gradient_is_zero);
  }
}

TEST_CASE("A level face is found, with its canonical point that of least squares") {
  // The median of 1 and 2 at each of two places: every line between them.
  Rows rows;
  const double observed[] = {1, 2, 1, 3};
  for (std::size_t i = 0; i < 4; ++i) {
    rows.weight[i] = 1;
    rows.residual[i] = 1.1 - observed[i];
    rows.gradient[i] = 1;
    rows.gradient[kPadded + i] = i < 2 ? 0 : 1;
    rows.y[i] = rows.residual[i] < 0 ? -1 : 1;
  }
  const KinkProof proof = proof_of(rows, kAbsolute);
  CHECK(proof.gradient_is_zero);
  CHECK(!proof.positive_definite);
  REQUIRE(proof.is_linear);
  const std::array<double, num_packed(2)> curvature{};
  const std::array<double, 2> theta{};
  const KinkEnd end{rows.view(), curvature.data(), theta.data(), 3, 4, rows.y.data()};
  const KinkFace face =
      find_face(end, kAbsolute, two_params(), proof, rows.moved.data(), rows.rate.data());
  CHECK(face.is_wide);
  CHECK(!face.is_endless);
  CHECK(std::fabs(face.step[0] - 0.4) < tolerance::kModelSlope);  // to 1.5
  CHECK(std::fabs(face.step[1] - 0.5) < tolerance::kModelSlope);  // to 2.0
  CHECK(face.width[0] >= 1 - tolerance::kModelSlope);
}

TEST_CASE("What nothing holds is no face") {
  Rows rows;  // one run, two parameters
  rows.weight[0] = rows.gradient[0] = rows.gradient[kPadded] = 1;
  const KinkProof proof = proof_of(rows, kAbsolute);
  CHECK(proof.gradient_is_zero);
  CHECK(!proof.positive_definite);
  const std::array<double, num_packed(2)> curvature{};
  const std::array<double, 2> theta{};
  const KinkEnd end{rows.view(), curvature.data(), theta.data(), 0, 1, rows.y.data()};
  CHECK(find_face(end, kAbsolute, two_params(), proof, rows.moved.data(), rows.rate.data())
            .is_endless);
}

}  // namespace isoloss
