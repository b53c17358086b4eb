// Draws of two quantities at a time: how alpha and beta, or the exponent and the size of the best
// model, go together.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "fits/math.h"
#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/fit_charts.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostDraws = 500;   // more points hide each other and make the page slow
constexpr std::size_t kFewestDraws = 20;  // for a region
constexpr int kRegionPoints = 73;

int place_of_param(const LawEntry& law, const char* name) {
  for (int k = 0; k < law.num_params(); ++k)
    if (law.params[static_cast<std::size_t>(k)].name == name) return k;
  return -1;
}

// Mean and the lower triangle of the root of a covariance: x = mean_x + xx u, y = mean_y + yx u +
// yy v.
struct Spread {
  double mean_x = 0, mean_y = 0, xx = 0, yx = 0, yy = 0;

  // How far a point is from the mean, in standard deviations of its direction.
  double distance(double x, double y) const {
    const double u = (x - mean_x) / xx, v = (y - mean_y - yx * u) / yy;
    return std::sqrt(u * u + v * v);
  }
};

Spread spread_of(const std::vector<double>& xs, const std::vector<double>& ys) {
  Spread out{mean(xs), mean(ys)};
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const double x = xs[i] - out.mean_x, y = ys[i] - out.mean_y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const double num = static_cast<double>(xs.size() - 1);
  out.xx = std::sqrt(xx / num);
  out.yx = xy / num / out.xx;
  out.yy = std::sqrt(yy / num - out.yx * out.yx);
  return out;
}

std::vector<double> logs_of(const std::vector<double>& values) {
  std::vector<double> out;
  for (const double own : values) out.push_back(isoloss::log(own));
  return out;
}

// The ellipse of the draws' covariance that holds such a share of them, of log y if y is drawn so;
// nothing for few of them, or where they lie on a line.
std::vector<Trace> region_of(const Trace& draws, bool is_log, double share) {
  if (draws.x.size() < kFewestDraws) return {};
  const std::vector<double> ys = is_log ? logs_of(draws.y) : draws.y;
  const Spread spread = spread_of(draws.x, ys);
  if (!(spread.xx > 0) || !(spread.yy > 0)) return {};
  std::vector<double> distances;
  for (std::size_t i = 0; i < draws.x.size(); ++i)
    distances.push_back(spread.distance(draws.x[i], ys[i]));
  std::sort(distances.begin(), distances.end());
  const double num = std::ceil(share * static_cast<double>(distances.size()));
  const double radius = distances[std::min(distances.size(), static_cast<std::size_t>(num)) - 1];
  Trace out = trace(TraceKind::guide, confidence_text(share) + " of the refits");
  for (int i = 0; i < kRegionPoints; ++i) {
    const double angle = 2 * std::numbers::pi * i / (kRegionPoints - 1);
    const double u = radius * std::cos(angle), v = radius * std::sin(angle);
    const double y = spread.mean_y + spread.yx * u + spread.yy * v;
    add_point(spread.mean_x + spread.xx * u, {is_log ? isoloss::exp(y) : y, {}, {}}, out);
  }
  return {out};
}

ChartAxis axis_of(const LawParam& param) {
  return {fmt::format("{}, {}", param.name, printable(param.meaning)), false};
}

struct CloudPoint {
  double x, y;
};

// `out` without traces, filled: the refits of resamples, what `of` says of each, with their region,
// and the estimate. Nothing where the draws tell nothing.
Chart cloud_chart(Chart out, const FitResult& fit,
                  const std::function<CloudPoint(const Theta&)>& of) {
  Trace draws = trace(TraceKind::points, "refits of resamples");
  for (std::size_t i = 0; i < fit.draws.size(); ++i) {
    if (fit.draw_degenerate[i]) continue;
    const CloudPoint own = of(fit.draws[i]);
    add_point(own.x, {own.y, {}, {}}, draws);
  }
  const std::vector<Trace> region = region_of(draws, out.y.is_log, fit.options.confidence);
  const bool is_cut = draws.x.size() > kMostDraws;
  draws.x.resize(std::min(kMostDraws, draws.x.size()));
  draws.y.resize(draws.x.size());
  const CloudPoint estimate = of(fit.theta);
  out.note = fmt::format("Each point is the global optimum of one resample{}.{}",
                         is_cut ? fmt::format(", the first {} of them", kMostDraws) : "",
                         region.empty() ? "" : " The ellipse has the shape of their covariance.");
  out.traces = {draws, trace(TraceKind::points, "estimate", {estimate.x}, {estimate.y})};
  out.traces.insert(out.traces.end(), region.begin(), region.end());
  return out;
}

std::vector<Chart> exponents_chart(const FitResult& fit) {
  const LawEntry& law = *fit.law;
  const int alpha = place_of_param(law, "alpha"), beta = place_of_param(law, "beta");
  if (alpha < 0 || beta < 0) return {};
  const auto param = [&](int k) -> const LawParam& {
    return law.params[static_cast<std::size_t>(k)];
  };
  const auto shown = [&](const Theta& theta, int k) {
    return law.shown(k, theta[static_cast<std::size_t>(k)]);
  };
  Chart out = cloud_chart({"Bootstrap of alpha and beta",
                           "",
                           axis_of(param(alpha)),
                           axis_of(param(beta)),
                           {},
                           "exponents"},
                          fit, [&](const Theta& theta) {
                            return CloudPoint{shown(theta, alpha), shown(theta, beta)};
                          });
  for (Trace& own : published_params(law.name, "alpha", "beta"))
    out.traces.push_back(std::move(own));
  return {out};
}

// At the largest budget that was asked.
std::vector<Chart> best_model_chart(const FitResult& fit) {
  const std::vector<double>& budgets = fit.options.compute;
  if (fit.law->optimum == nullptr || withholds_optima(fit) || budgets.empty()) return {};
  const double C = *std::max_element(budgets.begin(), budgets.end());
  const double log_ND = isoloss::log(C / fit.options.flops_per_token_param);
  if (!fit.law->optimum(fit.theta.data(), log_ND).interior) return {};
  Chart out = cloud_chart({fmt::format("Bootstrap of the best model at {} FLOP", flops_text(C)),
                           "",
                           {"N_exponent, of N_opt ~ C^N_exponent", false},
                           params_axis(),
                           {},
                           "best_model"},
                          fit, [&](const Theta& theta) {
                            const OptimalPoint best = fit.law->optimum(theta.data(), log_ND);
                            if (!best.interior) return CloudPoint{NAN, NAN};
                            return CloudPoint{best.N_exponent, isoloss::exp(best.log_N)};
                          });
  if (out.traces.front().x.empty()) return {};
  return {out};
}

}  // namespace

std::vector<Chart> draws_chart(const FitResult& fit) {
  if (fit.draws.empty() || fit.bootstrap.withheld) return {};
  std::vector<Chart> out = exponents_chart(fit);
  for (Chart& own : best_model_chart(fit)) out.push_back(std::move(own));
  return out;
}

}  // namespace isoloss
