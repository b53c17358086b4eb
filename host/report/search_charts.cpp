// What the search for a fit came by: where its starts ended, and the profile of each parameter.

#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/fit/profile_curve.h"
#include "host/report/chart_parts.h"
#include "host/report/fit_charts.h"

namespace isoloss {
namespace {

Chart ends_chart(const FitResult& fit) {
  const std::vector<double>& ends = fit.search.ends;
  Chart out{"Where the starts ended",
            "In their order. A step is an optimum that many starts end in; the lowest is the fit.",
            {"share of the starts, %", false},
            {"objective", ends.front() > 0},
            {trace(TraceKind::points, "starts")},
            "starts"};
  for (std::size_t i = 0; i < ends.size(); ++i)
    add_point(100.0 * static_cast<double>(i + 1) / static_cast<double>(ends.size()),
              {ends[i], {}, {}}, out.traces[0]);
  out.traces.push_back(
      trace(TraceKind::guide, "the fit", {0, 100}, {fit.objective, fit.objective}));
  return out;
}

Chart profile_chart(const FitResult& fit, const ProfileCurve& curve) {
  const LawParam& param = fit.law->params[static_cast<std::size_t>(curve.param)];
  const std::string name = printable(param.name);
  Chart out{
      "Profile of " + name,
      "The interval is where the line is below the dotted one; others follow as it moves.",
      {param.meaning.empty() ? name : fmt::format("{}, {}", name, printable(param.meaning)), false},
      {"rise of the squares, in residual variances", false},
      {trace(TraceKind::line, "profile", curve.value, curve.rise)},
      "profile-" + name};
  out.traces.push_back(trace(TraceKind::guide, confidence_text(fit.options.confidence),
                             {curve.value.front(), curve.value.back()},
                             {curve.level, curve.level}));
  return out;
}

}  // namespace

std::vector<Chart> search_charts(const RunTable& runs, const FitResult& fit) {
  std::vector<Chart> out;
  if (fit.search.ends.size() > 1) out.push_back(ends_chart(fit));
  for (const ProfileCurve& curve : profile_curves(runs, fit))
    if (curve.value.size() > 2) out.push_back(profile_chart(fit, curve));
  return out;
}

}  // namespace isoloss
