#include "host/answers/forecast/sample_paths.h"

#include <algorithm>

#include "host/base/error.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// Which random number an assumption has.
enum Assumption : std::uint32_t { kCompute, kGrowth, kEfficiency, kStock, kDataGrowth, kHardware };

bool is_reasonable(double log_value) { return log_value >= 0 && log_value <= kLogMost; }

void require_reason(const Path& path, double years) {
  if (!is_reasonable(path.log_effective_at(years)))
    throw InputError("", 0, "",
                     "the budget passes 1e100 FLOP, or falls below one, within the years",
                     "ask for fewer years, a slower growth or a narrower range");
  if (!is_reasonable(path.log_stock_at(years)))
    throw InputError("", 0, "",
                     "the stock passes 1e100 tokens, or falls below one, within the years",
                     "ask for fewer years, a slower growth or a narrower range");
}

Course line_of(double at_first, const std::optional<Growth>& growth, double deviate) {
  Course out(at_first);
  if (!growth) return out;
  out.add(0, growth->first.log_at(deviate));
  for (const Growth::Later& own : growth->later) out.add(own.years, own.rate.log_at(deviate));
  return out;
}

// deviate: by Assumption.
template <class Deviate>
Path path_of(const Assumptions& assumptions, const std::vector<double>& turns, Deviate&& deviate) {
  const double log_stock =
      assumptions.unique_tokens ? assumptions.unique_tokens->log_at(deviate(kStock)) : 0;
  const Path out{
      line_of(assumptions.compute.log_at(deviate(kCompute)), assumptions.growth, deviate(kGrowth)),
      line_of(0, assumptions.hardware, deviate(kHardware)),
      line_of(0, assumptions.worth(), deviate(kEfficiency)),
      line_of(log_stock, assumptions.data_growth, deviate(kDataGrowth))};
  const double last = assumptions.num_years;
  for (const double turn : turns) require_reason(out, std::min(turn, last));
  require_reason(out, last);
  return out;
}

}  // namespace

double Course::at(double years) const {
  double out = at_first_;
  for (std::size_t i = 0; i < pieces_.size() && pieces_[i].years <= years; ++i) {
    const double end = i + 1 < pieces_.size() ? std::min(years, pieces_[i + 1].years) : years;
    out += (end - pieces_[i].years) * pieces_[i].rate;
  }
  return out;
}

bool Assumptions::has_range() const {
  const auto is_wide = [](const std::optional<Growth>& own) { return own && own->has_range(); };
  return compute.range || growth.has_range() || is_wide(hardware) || is_wide(worth()) ||
         (unique_tokens && unique_tokens->range) || is_wide(data_growth);
}

std::vector<double> turns_of(const Assumptions& assumptions) {
  std::vector<double> out{0};
  for (const std::optional<Growth>& own : {std::optional(assumptions.growth), assumptions.hardware,
                                           assumptions.worth(), assumptions.data_growth})
    if (own)
      for (const Growth::Later& later : own->later)
        if (later.years < kMostYears) out.push_back(later.years);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<Path> sample_paths(const Assumptions& assumptions, std::size_t num_samples,
                               std::uint64_t seed) {
  const std::vector<double> turns = turns_of(assumptions);
  std::vector<Path> out{path_of(assumptions, turns, [](Assumption) { return 0.0; })};
  StopWatch watch;
  for (std::size_t i = 0; i < num_samples; ++i) {
    watch.look();
    out.push_back(path_of(assumptions, turns,
                          [&](Assumption which) { return normal_deviate(seed, i, which); }));
  }
  return out;
}

}  // namespace isoloss
