// Draws of alpha and beta: how the exponents of a fit trade off.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/fit_charts.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostDraws = 1000;  // more points hide each other and make the page slow
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

Spread spread_of(const Trace& draws) {
  Spread out{mean(draws.x), mean(draws.y)};
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < draws.x.size(); ++i) {
    const double x = draws.x[i] - out.mean_x, y = draws.y[i] - out.mean_y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const double num = static_cast<double>(draws.x.size() - 1);
  out.xx = std::sqrt(xx / num);
  out.yx = xy / num / out.xx;
  out.yy = std::sqrt(yy / num - out.yx * out.yx);
  return out;
}

// The ellipse of the draws' covariance that holds such a share of them; nothing for few of them, or
// where they lie on a line.
std::vector<Trace> region_of(const Trace& draws, double share) {
  if (draws.x.size() < kFewestDraws) return {};
  const Spread spread = spread_of(draws);
  if (!(spread.xx > 0) || !(spread.yy > 0)) return {};
  std::vector<double> distances;
  for (std::size_t i = 0; i < draws.x.size(); ++i)
    distances.push_back(spread.distance(draws.x[i], draws.y[i]));
  std::sort(distances.begin(), distances.end());
  const double num = std::ceil(share * static_cast<double>(distances.size()));
  const double radius = distances[std::min(distances.size(), static_cast<std::size_t>(num)) - 1];
  Trace out = trace(TraceKind::guide, confidence_text(share) + " of the refits");
  for (int i = 0; i < kRegionPoints; ++i) {
    const double angle = 2 * std::numbers::pi * i / (kRegionPoints - 1);
    const double u = radius * std::cos(angle), v = radius * std::sin(angle);
    add_point(spread.mean_x + spread.xx * u,
              {spread.mean_y + spread.yx * u + spread.yy * v, {}, {}}, out);
  }
  return {out};
}

ChartAxis axis_of(const LawParam& param) {
  return {fmt::format("{}, {}", param.name, printable(param.meaning)), false};
}

}  // namespace

std::vector<Chart> draws_chart(const FitResult& fit) {
  const LawEntry& law = *fit.law;
  const int alpha = place_of_param(law, "alpha"), beta = place_of_param(law, "beta");
  if (alpha < 0 || beta < 0 || fit.draws.empty() || fit.bootstrap.withheld) return {};
  const auto shown = [&](std::size_t i, int k) { return law.shown(k, fit.draws.at(i, k)); };
  Trace draws = trace(TraceKind::points, "refits of resamples");
  for (std::size_t i = 0; i < fit.draws.size(); ++i)
    if (!fit.draw_degenerate[i]) add_point(shown(i, alpha), {shown(i, beta), {}, {}}, draws);
  const std::vector<Trace> region = region_of(draws, fit.options.confidence);
  const bool is_cut = draws.x.size() > kMostDraws;
  draws.x.resize(std::min(kMostDraws, draws.x.size()));
  draws.y.resize(draws.x.size());
  Chart out{"Bootstrap of alpha and beta",
            fmt::format("Each point is the global optimum of one resample{}.",
                        is_cut ? fmt::format(", the first {} of them", kMostDraws) : ""),
            axis_of(law.params[static_cast<std::size_t>(alpha)]),
            axis_of(law.params[static_cast<std::size_t>(beta)]),
            {draws, trace(TraceKind::points, "estimate",
                          {fit.params[static_cast<std::size_t>(alpha)].value},
                          {fit.params[static_cast<std::size_t>(beta)].value})},
            "exponents"};
  out.traces.insert(out.traces.end(), region.begin(), region.end());
  if (!region.empty()) out.note += " The ellipse has the shape of their covariance.";
  for (Trace& own : published_params(law.name, "alpha", "beta"))
    out.traces.push_back(std::move(own));
  return {out};
}

}  // namespace isoloss
