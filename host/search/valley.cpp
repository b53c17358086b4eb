#include "host/search/valley.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "fits/search.h"
#include "host/search/level_end.h"

namespace isoloss {
namespace {

constexpr int kMostPasses = 2000;    // over the runs
constexpr int kInner = 1;            // valleys inside a valley
constexpr int kHeld = 2;             // parameters to hold, one after the other
constexpr int kMostFloorSteps = 60;  // along a floor
constexpr int kMostReturns = 3;      // from beside a level end
constexpr double kMoves = 0.5;      // share of the largest entry that makes a parameter one to hold
constexpr double kNearRoot = 1e-5;  // scaled slope from which Newton's method may end the walk
constexpr double kNearer = 1e-2;    // and share of it from which it may try again
constexpr double kOnFloor = 1e-4;   // relative: higher by more is beside the floor
constexpr double kLeastSize = 0.5;  // of a parameter, for its first step
constexpr double kLongStep = 0.2;   // of that size, at most, and
constexpr double kShortStep = 1e-3;  // at least

template <int P>
class ValleyWalk {
 public:
  ValleyWalk(const LawKernels& kernels, const RunsView& runs, double delta)
      : ends_(kernels, runs, delta) {}

  // From a fit that is no end; is_flat: it ended, on a level floor.
  Polished<P> run(const double* theta, const ParamBox<P>& box, bool& is_flat) {
    Evaluation<P> at;
    Polished<P> fit;
    ends_.evaluate(theta, box, at);
    detail::prove<P>(theta, at, box.bounds, ends_.newton(), fit);
    is_flat = false;
    for (int round = 0; round < kMostReturns; ++round) {
      fit = walk(fit, box, kInner);
      if (fit.proved() || !ends_.is_end(fit, box)) break;
      const Polished<P> beside = lowest_beside(fit, box);
      is_flat = !(beside.value < fit.value * (1 - kEqualEnds) - kExactObjective);
      if (is_flat) break;
      fit = beside;
    }
    return fit;
  }

 private:
  // The least over the other parameters with one held.
  struct Floor {
    Polished<P> fit;
    double held;
    double slope;
    double scaled_slope;
    double curvature;
    double along[P];  // d theta / d held
    bool is_end;
  };
  // One line of the walk.
  struct Line {
    int param;
    const ParamBox<P>& box;
    int inner;  // valleys that may be walked on its way
  };

  bool is_spent() const { return ends_.passes() > kMostPasses; }

  static bool is_better(const Polished<P>& a, const Polished<P>& b) {
    if (a.proved() != b.proved()) return a.proved() && no_higher(a.value, b.value);
    return a.value < b.value;
  }

  Polished<P> walk(const Polished<P>& from, const ParamBox<P>& box, int inner) {
    Polished<P> best = from;
    for (const int k : params_to_hold(from, box)) {
      const Polished<P> end = walk_along({k, box, inner}, best);
      if (is_better(end, best)) best = end;
      if (is_spent() || ends_.is_end(best, box)) break;
    }
    return best;
  }

  // Those that move most in the combination that is least determined; of them first the one that
  // meets its bound first, for that ends the valley.
  std::vector<int> params_to_hold(const Polished<P>& fit, const ParamBox<P>& box) {
    const auto at = ends_.spectrum(fit.theta, box);
    if (at.free.empty()) return {};
    const std::vector<double>& least = at.of.vectors[0];
    double largest = 0;
    for (const double entry : least) largest = std::fmax(largest, std::fabs(entry));
    const auto to_bound = [&](std::size_t i) {
      const Bounds& bounds = box.bounds[at.free[i]];
      const double rate = (at.slope[0] > 0 ? -least[i] : least[i]) / at.size[i];
      return ((rate < 0 ? bounds.lower : bounds.upper) - fit.theta[at.free[i]]) / rate;
    };
    std::vector<std::size_t> moving;
    for (std::size_t i = 0; i < at.free.size(); ++i)
      if (std::fabs(least[i]) > kMoves * largest) moving.push_back(i);
    std::stable_sort(moving.begin(), moving.end(),
                     [&](std::size_t a, std::size_t b) { return to_bound(a) < to_bound(b); });
    moving.resize(std::min<std::size_t>(moving.size(), kHeld));
    std::vector<int> out;
    for (const std::size_t i : moving) out.push_back(at.free[i]);
    return out;
  }

  // The least in a box from near it; what ends above `ceiling` is not followed.
  Polished<P> settle(const double* theta, const ParamBox<P>& box, int inner, double ceiling) {
    const Polished<P> first = ends_.tail(theta, box);
    if (is_spent() || ends_.is_end(first, box)) return first;
    const Polished<P> second = ends_.search(first.theta, box);
    const Polished<P> best = is_better(second, first) ? second : first;
    if (inner == 0 || !(best.value <= ceiling) || ends_.is_end(best, box)) return best;
    return walk(best, box, inner - 1);
  }

  Floor floor_at(const Line& line, double held, const double* guess, double ceiling) {
    ParamBox<P> narrowed = line.box;
    narrowed.bounds[line.param] = {held, held};
    double theta[P];
    for (int j = 0; j < P; ++j)
      theta[j] = std::clamp(guess[j], narrowed.bounds[j].lower, narrowed.bounds[j].upper);
    Floor out;
    out.held = held;
    out.fit = settle(theta, narrowed, line.inner, ceiling);
    out.is_end = ends_.is_end(out.fit, narrowed);
    incline(line.param, narrowed, out);
    return out;
  }

  // Slope and curvature of the floor, and how the other parameters move along it.
  void incline(int k, const ParamBox<P>& box, Floor& floor) {
    Evaluation<P> at;
    ends_.evaluate(floor.fit.theta, box, at);
    floor.slope = at.grad[k];
    floor.scaled_slope = std::fabs(at.grad[k]) / (at.grad_scale[k] + 1e-300);
    NewtonStep<P>& newton = ends_.newton();
    for (int j = 0; j < P; ++j) at.grad[j] = newton.step[j] = 0;
    newton.step[k] = 1;
    if (!newton.solve(at, 0))
      for (int j = 0; j < P; ++j) newton.step[j] = j == k ? 1 : 0;
    floor.curvature = 0;
    for (int j = 0; j < P; ++j) {
      floor.along[j] = newton.step[j];
      floor.curvature += at.hess[packed_any(k, j)] * newton.step[j];
    }
  }

  Floor floor_from(const Line& line, const Floor& from, double held) {
    double guess[P];
    for (int j = 0; j < P; ++j) guess[j] = from.fit.theta[j] + from.along[j] * (held - from.held);
    return floor_at(line, held, guess, from.fit.value * (1 + kOnFloor));
  }

  static double size_of(double theta) { return std::fmax(std::fabs(theta), kLeastSize); }

  static double first_step(const Floor& from) {
    const double size = size_of(from.held);
    const double newton = from.curvature > 0 ? std::fabs(from.slope) / from.curvature : INFINITY;
    return std::clamp(newton, kShortStep * size, kLongStep * size);
  }

  // Down the floor until its slope turns, or to the bound.
  Polished<P> walk_along(const Line& line, const Polished<P>& from) {
    Floor low = floor_at(line, from.theta[line.param], from.theta, INFINITY);
    Polished<P> end = ends_.tail(low.fit.theta, line.box);
    if (!low.is_end) return is_better(low.fit, from) ? end : from;
    const Bounds& bounds = line.box.bounds[line.param];
    const double direction = low.slope < 0 ? 1 : -1;
    double step = first_step(low);
    for (int i = 0; i < kMostFloorSteps && !is_spent() && !ends_.is_end(end, line.box); ++i) {
      const double held = std::clamp(low.held + direction * step, bounds.lower, bounds.upper);
      if (held == low.held) break;
      const Floor next = floor_from(line, low, held);
      const bool turned = next.slope * direction > 0;
      const double most = turned ? low.fit.value * (1 + kOnFloor) : low.fit.value;
      if (!next.is_end || !no_higher(next.fit.value, most)) {
        step /= 4;
        continue;
      }
      if (turned) return root_between(line, low, next);
      low = next;
      step *= 2;
      end = ends_.tail(low.fit.theta, line.box);
    }
    return end;
  }

  // Illinois' rule on the slope (Dowell & Jarratt 1971).
  Polished<P> root_between(const Line& line, Floor a, Floor b) {
    double slope_a = a.slope;
    double slope_b = b.slope;
    bool replaced_a = false;
    double near = kNearRoot;
    Polished<P> end = ends_.tail(a.fit.theta, line.box);
    for (int i = 0; i < kMostFloorSteps && !is_spent(); ++i) {
      double held = a.held - slope_a * (b.held - a.held) / (slope_b - slope_a);
      if (!(std::min(a.held, b.held) < held && held < std::max(a.held, b.held)))
        held = 0.5 * (a.held + b.held);
      if (held == a.held || held == b.held) break;
      const bool a_is_nearer = std::fabs(held - a.held) < std::fabs(held - b.held);
      const Floor next = floor_from(line, a_is_nearer ? a : b, held);
      if (next.scaled_slope < near) {
        near = kNearer * next.scaled_slope;
        end = ends_.tail(next.fit.theta, line.box);
        if (ends_.is_end(end, line.box)) break;
      }
      const bool replaces_a = next.slope * slope_a > 0;
      (replaces_a ? a : b) = next;
      (replaces_a ? slope_a : slope_b) = next.slope;
      if (i > 0 && replaces_a == replaced_a) (replaces_a ? slope_b : slope_a) *= 0.5;
      replaced_a = replaces_a;
    }
    return end;
  }

  // The lower end of steps to either side in the combination that is least determined.
  Polished<P> lowest_beside(const Polished<P>& fit, const ParamBox<P>& box) {
    const auto at = ends_.spectrum(fit.theta, box);
    double rate = 0;  // that moves one parameter by its size, the others by less
    for (std::size_t i = 0; i < at.free.size(); ++i)
      rate = std::fmax(
          rate, std::fabs(at.of.vectors[0][i]) / at.size[i] / size_of(fit.theta[at.free[i]]));
    Polished<P> best = fit;
    for (const double side : {-kLongStep, kLongStep}) {
      double theta[P];
      std::copy_n(fit.theta, P, theta);
      for (std::size_t i = 0; i < at.free.size(); ++i) {
        const int k = at.free[i];
        theta[k] = std::clamp(theta[k] + side * at.of.vectors[0][i] / at.size[i] / rate,
                              box.bounds[k].lower, box.bounds[k].upper);
      }
      const Polished<P> end = settle(theta, box, 0, INFINITY);
      if (end.value < best.value) best = end;
    }
    return best;
  }

  LevelEnd<P> ends_;
};

}  // namespace

PolishedFit walk_valley(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        int num_params, const PolishedFit& fit, const Box& box) {
  if (rho.kind == ResidualKind::absolute || !std::isfinite(fit.objective)) return fit;
  PolishedFit out;
  with_solver_size(num_params, [&]<int P>() {
    bool is_flat = false;
    ValleyWalk<P> walk(kernels, runs, rho.smooth_delta());
    out = fit_of(walk.run(fit.theta.data(), first_of<P>(box), is_flat), box);
    out.flat = is_flat;
    out.converged |= is_flat;
  });
  return lower_fit(out, fit);
}

}  // namespace isoloss
