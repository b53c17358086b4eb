#include "host/fit/lost_refits.h"

#include <fmt/format.h>

#include "host/fit/merged_breaks.h"
#include "host/search/problem.h"

namespace isoloss {
namespace {

constexpr double kAtBound = 1e-9;  // of the box

struct Row {
  LostReason reason;
  const char* name;
  const char* words;
};

constexpr std::array<Row, kLostReasons> kTable{{
    {LostReason::merged_breaks, "merged_breaks", "with merged breaks"},
    {LostReason::sharp_break, "sharp_break", "with a sharp break"},
    {LostReason::at_bound, "at_bound", "at a bound"},
    {LostReason::unsettled, "unsettled", "not settled"},
}};

bool has_merged_breaks(const Theta& theta, const Breaks& breaks) {
  for (int i = 0; i < breaks.num; ++i)
    for (int j = i + 1; j < breaks.num; ++j)
      if (breaks_merge(theta, breaks, i, j)) return true;
  return false;
}

// A theta in plain units has lost its last digits on the way back to search coordinates.
bool is_at_bound(const LawEntry& law, const Theta& theta, int k) {
  if (law.is_held(k)) return false;
  const Bounds& bounds = law.box.bounds[k];
  const double value = theta[static_cast<std::size_t>(k)];
  const double near = kAtBound * (bounds.upper - bounds.lower);
  return value <= bounds.lower + near || value >= bounds.upper - near;
}

bool has_sharp_break(const LawEntry& law, const Theta& theta) {
  for (int i = 0; i < law.breaks->num; ++i) {
    const int width = law.breaks->width(i);
    const Bounds& bounds = law.box.bounds[width];
    const bool is_low =
        theta[static_cast<std::size_t>(width)] < 0.5 * (bounds.lower + bounds.upper);
    if (is_low && is_at_bound(law, theta, width)) return true;
  }
  return false;
}

}  // namespace

const char* lost_name(LostReason reason) { return kTable[static_cast<std::size_t>(reason)].name; }

LostReason lost_reason(const LawEntry& law, const Theta& theta) {
  if (law.breaks && has_merged_breaks(theta, *law.breaks)) return LostReason::merged_breaks;
  if (law.breaks && has_sharp_break(law, theta)) return LostReason::sharp_break;
  for (int k = 0; k < law.num_params(); ++k)
    if (is_at_bound(law, theta, k)) return LostReason::at_bound;
  return LostReason::unsettled;
}

LostRefits lost_refits(const RunTable& runs, const FitResult& fit) {
  LostRefits out{};
  if (fit.bootstrap.num_not_converged == 0) return out;
  const Problem problem(runs, *fit.law);
  for (std::size_t i = 0; i < fit.draws.size(); ++i) {
    if (fit.draw_converged[i] || fit.draw_degenerate[i]) continue;
    const Theta theta = fit.law->to_search(fit.draws[i], problem.centre());
    ++out[static_cast<std::size_t>(lost_reason(*fit.law, theta))];
  }
  return out;
}

std::string lost_text(const LostRefits& lost) {
  std::string out;
  for (const Row& row : kTable) {
    const int num = lost[static_cast<std::size_t>(row.reason)];
    if (num > 0) out += fmt::format("{}{} {}", out.empty() ? "lost: " : ", ", num, row.words);
  }
  return out;
}

}  // namespace isoloss
