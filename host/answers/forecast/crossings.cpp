#include "host/answers/forecast/crossings.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/lockstep_root.h"

namespace isoloss {
namespace {

// The last year that is looked at: a fast path leaves all reason before kMostYears.
double latest_year(const Path& path, const std::vector<double>& turns) {
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const double begin = turns[i], end = i + 1 < turns.size() ? turns[i + 1] : kMostYears;
    const double at_begin = path.log_effective_at(begin), at_end = path.log_effective_at(end);
    if (at_end > kLogMost)
      return begin + (kLogMost - at_begin) / (at_end - at_begin) * (end - begin);
  }
  return kMostYears;
}

// Years until `excess` is no longer below 0, a row each; kMostYears where it stays so.
std::vector<double> first_crossings(const Forecaster& of, const RowsFunction& excess) {
  const std::vector<double> turns = turns_of(of.assumptions());
  const std::size_t num = of.paths().size();
  const std::vector<double> latest =
      of.of_paths([&](const Path& path) { return latest_year(path, turns); });
  std::vector<double> lower(num, 0), upper(num, 0), at(num), out(num, kMostYears);
  excess(lower, at);
  for (std::size_t i = 0; i < num; ++i)
    if (at[i] >= 0) out[i] = 0;
  for (std::size_t turn = 0; turn < turns.size(); ++turn) {
    const double turn_end = turn + 1 < turns.size() ? turns[turn + 1] : kMostYears;
    std::vector<double> end(num);
    for (std::size_t i = 0; i < num; ++i) end[i] = std::min(turn_end, latest[i]);
    excess(end, at);
    for (std::size_t i = 0; i < num; ++i)
      if (at[i] >= 0 && out[i] == kMostYears && upper[i] == 0)
        lower[i] = turns[turn], upper[i] = end[i];
  }
  const std::vector<double> roots = lockstep_roots(lower, upper, excess);
  for (std::size_t i = 0; i < num; ++i)
    if (upper[i] > 0) out[i] = std::isnan(roots[i]) ? upper[i] : roots[i];
  return out;
}

// By how much log of what is waited for lies above its mark; below it until it happens.
double excess_of(const UntilYears& asked, const Path& path, double years, const Plan& plan) {
  const double log_mark = isoloss::log(asked.until.value);
  switch (asked.until.kind) {
    case UntilKind::loss:
      return log_mark - plan.log_L;
    case UntilKind::compute:
      return path.log_flops_at(years) - log_mark;
    case UntilKind::params:
      return plan.log_N - log_mark;
    case UntilKind::tokens:
      return plan.log_D - log_mark;
    case UntilKind::stock:
      break;
  }
  return plan.log_D - path.log_stock_at(years);
}

// Of each row in a year of its own.
std::vector<Plan> plans_in(const Forecaster& of, TokensSeen seen,
                           const std::vector<double>& years) {
  std::vector<double> flops;
  Stock stock{{}, seen == TokensSeen::repeated};
  for (std::size_t i = 0; i < years.size(); ++i) {
    const Path& path = of.paths()[i];
    flops.push_back(isoloss::exp(path.log_effective_at(years[i])));
    if (seen != TokensSeen::as_best)
      stock.tokens.push_back(isoloss::exp(std::min(path.log_stock_at(years[i]), kLogMost)));
  }
  return of.plans_for(flops, stock);
}

std::vector<double> crossings_of(const Forecaster& of, const UntilYears& asked) {
  return first_crossings(of, [&](const std::vector<double>& years, std::vector<double>& out) {
    std::vector<Plan> plans(years.size());
    if (asked.until.kind != UntilKind::compute) plans = plans_in(of, asked.seen, years);
    for (std::size_t i = 0; i < years.size(); ++i)
      out[i] = excess_of(asked, of.paths()[i], years[i], plans[i]);
  });
}

double or_never(double years) { return years >= kMostYears ? INFINITY : years; }

// Of the samples, that cross no later.
double share_within(const std::vector<double>& crossings, double years) {
  const auto num = std::count_if(crossings.begin() + 1, crossings.end(),
                                 [&](double own) { return own <= years && own < kMostYears; });
  return static_cast<double>(num) / static_cast<double>(crossings.size() - 1);
}

// Symmetric about the half, so that each pair is an interval.
std::array<double, kUntilShares.size()> quantiles_of(std::vector<double> samples) {
  std::array<double, kUntilShares.size()> out{};
  for (std::size_t i = 0, last = out.size() - 1; i <= last / 2; ++i) {
    const Interval own = percentile_interval(samples, kUntilShares[last - i] - kUntilShares[i]);
    out[i] = or_never(own.lower), out[last - i] = or_never(own.upper);
  }
  return out;
}

void add_crossings(const Forecaster& of, UntilYears& to) {
  const std::vector<double> crossings = crossings_of(of, to);
  to.stated = or_never(crossings[0]);
  if (of.num_samples() == 0) return;
  to.at_shares = quantiles_of({crossings.begin() + 1, crossings.end()});
  to.share_by_end = share_within(crossings, of.assumptions().num_years);
  to.share_never = 1 - share_within(crossings, kMostYears);
}

}  // namespace

Binding binding_of(const Forecaster& of) {
  const std::vector<double> years = crossings_of(of, {{UntilKind::stock, 0}});
  Binding out{of.estimate([&](std::size_t i) { return years[i]; }), {}};
  if (of.num_samples() > 0) out.share_by_end = share_within(years, of.assumptions().num_years);
  out.years.value = or_never(out.years.value);
  if (Interval* own = out.years.interval ? &*out.years.interval : nullptr)
    own->lower = or_never(own->lower), own->upper = or_never(own->upper);
  return out;
}

std::vector<UntilYears> until_years(const Forecaster& of, const std::vector<Until>& untils) {
  const bool has_stock = of.assumptions().unique_tokens.has_value();
  std::vector<UntilYears> out;
  for (const Until& own : untils) {
    require(own.kind != UntilKind::stock || has_stock,
            "``until`` tokens-needed=stock: of which stock?", "give ``unique-tokens`` 300T");
    out.push_back({own});
    if (own.kind != UntilKind::loss || !has_stock) continue;
    out.push_back({own, of.law().law.reads(Input::U) ? TokensSeen::repeated : TokensSeen::once});
  }
  for (UntilYears& own : out) add_crossings(of, own);
  return out;
}

}  // namespace isoloss
