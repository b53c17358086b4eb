#include "host/fit/profile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/base/root.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/identifiability.h"
#include "host/fit/linearised_runs.h"
#include "host/fit/widen.h"
#include "host/search/column_qr.h"
#include "host/search/search_end.h"

namespace isoloss {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFirstStep = 0.1;   // of the way that a parabola would go
constexpr double kBlindStep = 1e-3;  // of a log or an exponent without effect
constexpr double kLongestStride = 30;
constexpr double kOvershoot = 1.05;      // so that a stride aimed at the end lands behind it
constexpr double kEndTolerance = 1e-12;  // of the way from the estimate to the end
constexpr double kRounding = 4e-16;      // of a number
constexpr double kFarthest = 1e8;        // a distance that counts as infinite
// Root mean square of residuals that rounding alone may leave: of logs, or relative to the
// response.
constexpr double kExactFit = 1e-13;

// A point of a profile: the value held, the fit there, and its distance from the estimate in
// standard errors (the profile t of Bates & Watts, without its sign).
struct ProfilePoint {
  double at = 0;
  double distance = 0;
  Theta theta{};
};

// Free parameters. One that a bound holds is none, and the intervals are conditional on it; a
// weight of zero may come back.
int num_free_at(const LawEntry& law, const PolishedFit& fit) {
  int num = law.num_free();
  for (int k = 0; k < law.num_params(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    const bool is_zero = fit.theta[at] <= law.box.bounds[k].lower && is_zero_below(law, k);
    num -= fit.at_bound[at] && !is_zero ? 1 : 0;
  }
  return num;
}

// One parameter's profile. Search coordinates throughout.
class Profile {
 public:
  Profile(const LawEntry& law, const Problem& problem, const PolishedFit& fit, int param)
      : param_(param),
        problem_(profile_problem(law, problem, param)),
        law_(with_box_moved(law, problem.centre(), problem_.centre(), fit.theta)),
        degrees_of_freedom_(problem.view().num_runs - num_free_at(law, fit)),
        least_(fit.objective),
        lowest_(fit.objective * (1 - kLower)) {
    estimate_.theta =
        law.to_search(law.from_search(fit.theta, problem.centre()), problem_.centre());
    estimate_.at = estimate_.theta[index()];
    standard_error_ = standard_error();
  }

  // Where the profile reaches `student` on one side, or infinity times `direction`.
  double end(double direction, double student) {
    const Bounds& bounds = law_.box.bounds[index()];
    const double bound = direction < 0 ? bounds.lower : bounds.upper;
    ProfilePoint inside = estimate_;
    double stride = kFirstStep * student * standard_error_;
    while ((bound - inside.at) * direction > 0) {
      const double at = estimate_.at + direction * stride;
      const ProfilePoint next = point((bound - at) * direction > 0 ? at : bound, inside);
      if (next.distance >= student) return crossing(inside, next, student);
      inside = next;
      const double aim = kOvershoot * student / std::max(next.distance, 1e-300);
      stride *= std::clamp(aim, 2.0, kLongestStride);
    }
    return direction * kInfinity;
  }

  bool met_lower() const { return met_lower_; }
  // The lowest point met, in plain units, if met_lower.
  Theta lowest() const { return law_.from_search(lowest_theta_, problem_.centre()); }

 private:
  std::size_t index() const { return static_cast<std::size_t>(param_); }

  // By the curvature of the sum of squares; of the parameter alone where it cannot be told from
  // the others. A parameter may have any unit: this is the only length that there is.
  double standard_error() const {
    std::size_t own = 0;
    const RunsView runs = problem_.view();
    LinearisedRuns rows(law_.tape(), runs);
    rows.find_at(estimate_.theta.data());
    std::vector<Column> columns;
    for (int k = 0; k < law_.num_params(); ++k) {
      const auto at = static_cast<std::size_t>(k);
      const Bounds& bounds = law_.box.bounds[k];
      const double theta = estimate_.theta[at];
      if (k != param_ && (theta <= bounds.lower || theta >= bounds.upper)) continue;
      if (k == param_) own = columns.size();
      columns.emplace_back();
      for (int i = 0; i < runs.num_runs; ++i)
        columns.back().push_back(std::sqrt(runs.weight[i]) * rows.gradient(i, k));
    }
    const double sigma = std::sqrt(2 * least_ / degrees_of_freedom_);
    const double size = std::sqrt(dot(columns[own], columns[own]));
    const auto factors = ColumnQr::of(columns);
    const double error = factors ? sigma * std::sqrt(factors->inverse_diagonal(own)) : sigma / size;
    return std::isfinite(error) && error > 0 ? error : kBlindStep;
  }

  // Started from `near`, moved along the chord from the estimate.
  ProfilePoint point(double at, const ProfilePoint& near) {
    Theta start = near.theta;
    const double chord = near.at - estimate_.at;
    const double further = chord != 0 ? (at - near.at) / chord : 0;
    for (std::size_t k = 0; k < law_.params.size(); ++k)
      start[k] += further * (near.theta[k] - estimate_.theta[k]);
    const PolishedFit fit = profile_point(law_, problem_, param_, at, start);
    if (fit.objective < lowest_) {
      met_lower_ = true;
      lowest_ = fit.objective;
      lowest_theta_ = fit.theta;
    }
    const double square = degrees_of_freedom_ * (fit.objective / least_ - 1);
    return {at, square < kFarthest * kFarthest ? std::sqrt(std::fmax(square, 0)) : kFarthest,
            fit.theta};
  }

  // An end that another parameter's box made is the box's, not the data's: none. Where the user
  // put that bound, or the fit itself stands at it, the interval is conditional on it.
  double crossing(const ProfilePoint& inside, const ProfilePoint& outside, double student) {
    const auto excess = [&](double at) { return point(at, inside).distance - student; };
    const double end = root_between(
        excess, {outside.at, outside.distance - student}, {inside.at, inside.distance - student},
        kEndTolerance * std::fabs(outside.at - estimate_.at) + kRounding * std::fabs(outside.at));
    const Theta there = point(end, inside).theta;
    if (is_held_by_default(law_, there, estimate_.theta, param_))
      return std::copysign(kInfinity, outside.at - inside.at);
    return end;
  }

  const int param_;
  const Problem problem_;
  const LawEntry law_;  // with the box that problem_ has
  const int degrees_of_freedom_;
  const double least_;
  ProfilePoint estimate_;
  double standard_error_ = 0;
  bool met_lower_ = false;
  double lowest_;
  Theta lowest_theta_{};
};

// An infinite end of a parameter that cannot be less than zero is zero. A response that is
// compared as it is keeps its unit in `centre`.
double shown_end(const LawEntry& law, const Centre& centre, int param, double end) {
  const ResponseShift* shift = law.response_shift(param);
  const double moved = shift == nullptr ? 0 : shift->factor * centre[kResponse];
  if (std::isfinite(end)) return law.shown(param, end + moved);
  return end < 0 && is_zero_below(law, param) ? 0 : end;
}

double largest_target(const LawEntry& law, const Problem& problem) {
  if (law.log_residual) return 1;
  const RunsView runs = problem.view();
  double largest = 0;
  for (int i = 0; i < runs.num_runs; ++i) largest = std::fmax(largest, std::fabs(runs.target[i]));
  return law.unit * largest;
}

std::string why_left_out(const Problem& problem, const Units& units, const FitResult& result) {
  if (!result.options.residual_loss.is_likelihood())
    return "only squared residuals that count the same on both sides have one";
  if (units.by_run) return "rows of one run are not independent";
  if (result.status == Status::not_identifiable)
    return "the parameters are not identifiable from these runs";
  if (result.identifiability.condition > kConditionNotIdentifiable)
    return "single parameters trade off with others";
  if (result.status == Status::not_converged) return "the fit did not converge";
  if (problem.view().num_runs <= result.law->num_free())
    return "there are no more runs than parameters";
  if (goes_through_runs(problem, result)) return "the residuals are rounding alone";
  return "";
}

}  // namespace

PolishedFit profile_point(const LawEntry& law, const Problem& problem, int param, double value,
                          const Theta& near) {
  const LawKernels kernels = law.kernels(simd_level());
  const auto k = static_cast<std::size_t>(param);
  Box box = law.box;
  box.bounds[k] = {value, value};
  Theta start = near;
  start[k] = value;
  MinimiseOptions options;
  options.delta = kInfinity;
  options.first_delta = kInfinity;
  const SearchResult found =
      law.solver().minimise(kernels, problem.view(), start.data(), options, box);
  return law.solver().polish(kernels, problem.view(), {ResidualKind::squared}, found.theta.data(),
                             box);
}

// Only the inputs that the parameter's own unit is made of lose their centre. That keeps the
// others as well conditioned as ever: with its weight held, an exponent is all that tilts its
// term.
Problem profile_problem(const LawEntry& law, const Problem& problem, int param) {
  Centre centre = problem.centre();
  for (const Input input : law.unit_inputs(param))
    centre[static_cast<std::size_t>(info_of(input).centred_with)] = 0;
  const ResponseShift* shift = law.response_shift(param);
  if (shift != nullptr) centre[kResponse] = 0;
  return problem.with_centre(centre);
}

LawEntry with_box_moved(LawEntry law, const Centre& from, const Centre& to, const Theta& theta) {
  Centre response_from{}, response_to{};
  response_from[kResponse] = from[kResponse];
  response_to[kResponse] = to[kResponse];
  const Theta moved = law.to_search(law.from_search(theta, response_from), response_to);
  for (int k = 0; k < law.num_params(); ++k) {
    const auto own = static_cast<std::size_t>(k);
    Bounds& bounds = law.box.bounds[k];
    if (!law.is_log(k) || law.is_held(k)) continue;
    if (!is_zero_below(law, k)) bounds.lower += moved[own] - theta[own];
    bounds.upper += moved[own] - theta[own];
  }
  return law;
}

std::optional<Interval> profile_interval(const LawEntry& law, const Problem& problem,
                                         const PolishedFit& fit, int param, double student,
                                         std::vector<Theta>& lower) {
  Profile profile(law, problem, fit, param);
  const double low_end = profile.end(-1, student);
  const double high_end = profile.end(1, student);
  if (profile.met_lower()) {
    lower.push_back(law.to_search(profile.lowest(), problem.centre()));
    return {};
  }
  const Centre centre = profile_problem(law, problem, param).centre();
  return Interval{shown_end(law, centre, param, low_end), shown_end(law, centre, param, high_end)};
}

bool goes_through_runs(const Problem& problem, const FitResult& result) {
  return result.rms_residual < kExactFit * largest_target(*result.law, problem);
}

std::vector<Theta> add_profiles(const Problem& problem, const PolishedFit& fit, const Units& units,
                                FitResult& result) {
  ProfileReport& report = result.profile;
  report.degrees_of_freedom = problem.view().num_runs - num_free_at(*result.law, fit);
  report.left_out = why_left_out(problem, units, result);
  if (!report.left_out.empty()) return {};
  const double student = student_t(result.options.confidence, report.degrees_of_freedom);
  std::vector<std::vector<Theta>> lower(result.params.size());
  parallel_for(result.law->num_params(), num_threads_to_use(result.options.num_threads),
               [&](int k, int) {
                 if (result.law->is_held(k)) return;
                 const auto own = static_cast<std::size_t>(k);
                 result.params[own].profile =
                     profile_interval(*result.law, problem, fit, k, student, lower[own]);
               });
  std::vector<Theta> out;
  for (const std::vector<Theta>& own : lower) out.insert(out.end(), own.begin(), own.end());
  return out;
}

}  // namespace isoloss
