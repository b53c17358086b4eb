// Where the runs lie in model size and tokens.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/report/chart_parts.h"
#include "host/report/inspect.h"

namespace isoloss {
namespace {

constexpr double kUsualRatio = 20;  // tokens a parameter, as Hoffmann et al. 2022 train

// The line within the box of the runs; empty where it does not cross it.
Trace ratio_guide(const RunTable& runs) {
  const auto [least_N, most_N] = std::minmax_element(runs.params.begin(), runs.params.end());
  const auto [least_D, most_D] = std::minmax_element(runs.tokens.begin(), runs.tokens.end());
  const double first = std::fmax(*least_N, *least_D / kUsualRatio);
  const double last = std::fmin(*most_N, *most_D / kUsualRatio);
  Trace out = trace(TraceKind::guide, fmt::format("D = {:g} N", kUsualRatio));
  if (first < last) {
    out.x = {first, last};
    out.y = {kUsualRatio * first, kUsualRatio * last};
  }
  return out;
}

}  // namespace

Chart plane_chart(const Inspection& answer) {
  const RunTable& runs = answer.runs;
  Chart out{"The runs", "", params_axis(), tokens_axis(), {}};
  if (runs.params.empty() || runs.tokens.empty()) return out;
  Trace points = trace(TraceKind::points, "a run", runs.params, runs.tokens);
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    points.labels.push_back(fmt::format("{}\nN {}  D {}", runs.place_of(i),
                                        count_text(runs.params[i]), count_text(runs.tokens[i])));
  out.traces = {points};
  if (Trace guide = ratio_guide(runs); !guide.x.empty()) out.traces.push_back(guide);
  return out;
}

}  // namespace isoloss
