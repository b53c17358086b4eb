#include "host/fit/profile_curve.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/profile.h"

namespace isoloss {
namespace {

constexpr int kStepsASide = 15;
constexpr double kBeyondEnd = 1.25;  // so that the curve is seen to cross the level, at a step
constexpr double kFarAbove = 3;      // times the level, where it is seen no longer

// One parameter's curve, in the search coordinates of its own problem.
class CurveOfProfile {
 public:
  CurveOfProfile(const RunTable& runs, const FitResult& fit, int param)
      : CurveOfProfile(Problem(runs, *fit.law), fit, param) {}

  ProfileCurve made() {
    const double t = student_t(fit_.options.confidence, fit_.profile.degrees_of_freedom);
    ProfileCurve out{param_, t * t, {}, {}};
    least_ = profile_point(law_, problem_, param_, best_[index()], best_).objective;
    const Interval& ends = *fit_.params[index()].profile;
    const double below = reach(ends.lower), above = reach(ends.upper);
    add_side(-1, below > 0 ? below : above, out);
    std::reverse(out.value.begin(), out.value.end());
    std::reverse(out.rise.begin(), out.rise.end());
    add(best_, 0, out);
    add_side(1, above > 0 ? above : below, out);
    return out;
  }

 private:
  CurveOfProfile(const Problem& problem, const FitResult& fit, int param)
      : fit_(fit),
        param_(param),
        problem_(profile_problem(*fit.law, problem, param)),
        law_(with_box_moved(*fit.law, problem.centre(), problem_.centre(), fit.bound_theta)),
        best_(law_.to_search(fit.theta, problem_.centre())) {}

  std::size_t index() const { return static_cast<std::size_t>(param_); }

  // How far an end is from the estimate; 0 for one that is open.
  double reach(double shown) const {
    const bool is_log = law_.is_log(param_);
    if (!std::isfinite(shown) || (is_log && shown <= 0)) return 0;
    Theta there = fit_.theta;
    there[index()] = is_log ? isoloss::log(shown) : shown;
    return std::fabs(law_.to_search(there, problem_.centre())[index()] - best_[index()]);
  }

  // Outwards, each point from the one before it, as far as the law's box goes.
  void add_side(double direction, double reach, ProfileCurve& out) const {
    const Bounds& bounds = law_.box.bounds[index()];
    Theta near = best_;
    for (int i = 1; reach > 0 && i <= kStepsASide; ++i) {
      const double at = best_[index()] + direction * kBeyondEnd * reach * i / kStepsASide;
      if (at < bounds.lower || at > bounds.upper) return;
      const PolishedFit there = profile_point(law_, problem_, param_, at, near);
      const double rise =
          fit_.profile.degrees_of_freedom * std::fmax(there.objective / least_ - 1, 0);
      if (rise > kFarAbove * out.level) return;
      near = there.theta;
      add(near, rise, out);
    }
  }

  void add(const Theta& theta, double rise, ProfileCurve& out) const {
    const Theta plain = law_.from_search(theta, problem_.centre());
    out.value.push_back(law_.shown(param_, plain[index()]));
    out.rise.push_back(rise);
  }

  const FitResult& fit_;
  const int param_;
  const Problem problem_;
  const LawEntry law_;  // with the box that problem_ has
  const Theta best_;
  double least_ = 0;
};

bool has_finite_end(const ParamEstimate& param) {
  return param.profile &&
         (std::isfinite(param.profile->lower) || std::isfinite(param.profile->upper));
}

}  // namespace

std::vector<ProfileCurve> profile_curves(const RunTable& runs, const FitResult& fit) {
  std::vector<int> params;
  for (int k = 0; k < fit.law->num_params(); ++k)
    if (has_finite_end(fit.params[static_cast<std::size_t>(k)])) params.push_back(k);
  std::vector<ProfileCurve> out(params.size());
  parallel_for(static_cast<int>(params.size()), num_threads_to_use(fit.options.num_threads),
               [&](int i, int) {
                 const auto at = static_cast<std::size_t>(i);
                 out[at] = CurveOfProfile(runs, fit, params[at]).made();
               });
  return out;
}

}  // namespace isoloss
