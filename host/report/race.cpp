#include "host/report/race.h"

#include <fmt/format.h>

#include <algorithm>

#include "fits/math.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/race_parts.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

std::size_t name_width(const RaceResult& result) {
  std::size_t width = 3;
  for (std::size_t k = 0; k < result.curves.size(); ++k)
    width = std::max(width, run_name(result, k).size());
  return width;
}

std::string head(const RunTable& runs, const RaceResult& result) {
  const RaceOptions& options = result.options;
  std::string out = fmt::format("race   {} curves, {} of {} rows\n", result.curves.size(),
                                runs.num_runs(), runs.num_rows_read);
  for (const Dropped& dropped : runs.dropped)
    out += wrapped(fmt::format("dropped {}: {}", dropped.num_rows, dropped.reason), 2, kRaceWidth);
  out += wrapped(
      fmt::format("smooth curves: local lines over the rows {:.0f}% below to {:.0f}% above",
                  100 * (1 - exp(-options.half_width)), 100 * (exp(options.half_width) - 1)),
      2, kRaceWidth);
  out += wrapped(fmt::format("laws: L(D) = E + B / D^beta, least squares from {} on",
                             options.from < 1 ? percent_text(options.from) + " of a run's tokens"
                                              : count_text(options.from) + " tokens"),
                 2, kRaceWidth);
  if (options.num_resamples == 0) return out + "\n";
  return out +
         wrapped(
             fmt::format("intervals: {}, {} resamples of blocks of rows, seed {}; each is of "
                         "one place, not of all at once",
                         confidence_text(options.confidence), options.num_resamples, options.seed),
             2, kRaceWidth) +
         "\n";
}

// One line of the table of curves; a long name has a line of its own.
std::string curve_line(const std::string& run, std::size_t width, const std::string& columns) {
  constexpr std::size_t kLongName = 10;
  if (width <= kLongName) return fmt::format("  {:<{}} {}\n", run, width, columns);
  return fmt::format("  {}\n  {:<{}} {}\n", run, "", kLongName, columns);
}

std::string curve_table(const RaceResult& result) {
  const std::size_t width = name_width(result);
  const double confidence = result.options.confidence;
  const int cell = result.options.num_resamples > 0 ? 22 : 7;
  std::string out = curve_line("run", width,
                               fmt::format("{:>6} {:>5} {:<14} {:<{}} {:<{}} {:<6} {}", "N", "rows",
                                           "tokens", "E", cell, "beta", cell, "noise", "blocks"));
  for (std::size_t k = 0; k < result.curves.size(); ++k) {
    const FittedCurve& fitted = result.curves[k];
    const Estimate E = law_estimate(
        fitted, [](const TokenLaw& law) { return law.E; }, confidence);
    const Estimate beta = law_estimate(
        fitted, [](const TokenLaw& law) { return law.beta; }, confidence);
    const std::string tokens =
        fmt::format("{} .. {}", count_text(exp(fitted.curve.log_tokens.front())),
                    count_text(exp(fitted.curve.log_tokens.back())));
    out += curve_line(run_name(result, k), width,
                      fmt::format("{:>6} {:>5} {:<14} {:<{}} {:<{}} {:<6.4f} {}, {}",
                                  count_text(fitted.curve.params), fitted.curve.num_rows(), tokens,
                                  fixed_text(E, 3), cell, fixed_text(beta, 3), cell, fitted.noise,
                                  fitted.smooth_block, fitted.law_block));
  }
  return out + "\n";
}

std::string row_table(const RaceResult& result, const RaceBy& raced) {
  const std::size_t width = name_width(result);
  const int cell = result.options.num_resamples > 0 ? 26 : 6;
  std::string out = wrapped(fmt::format("{:<9} {:<{}}  {:<6}  {:<{}}  {}", "budget", "ahead", width,
                                        "loss", "by", cell, "runner-up"),
                            2, kRaceWidth);
  for (const BudgetRow& row : raced.rows) {
    const bool is_level = row.lead.interval && row.lead.interval->lower <= 0;
    const std::string level = is_level ? ", level" : "";
    out += wrapped(
        fmt::format("{:<9} {:<{}}  {:<6.4f}  {:<{}}  {}", budget_text(raced.by, row.budget),
                    run_name(result, row.entries[0].curve), width, row.entries[0].loss.value,
                    fixed_text(row.lead, 4), cell, run_name(result, row.entries[1].curve) + level),
        2, kRaceWidth);
  }
  return out + "\n";
}

}  // namespace

std::string race_report(const RunTable& runs, const RaceResult& result) {
  std::string out = head(runs, result) + curve_table(result);
  for (const RaceBy& raced : result.races) {
    out += fmt::format("by {}{}\n", budget_name(raced.by),
                       raced.by == Budget::tokens ? "" : ", " + printable(raced.unit));
    out += row_table(result, raced);
    out += wrapped(
        "gap: loss of the smaller model less that of the larger; below 0 the smaller is "
        "ahead",
        2, kRaceWidth);
    for (const PairRace& pair : raced.pairs) out += pair_text(result, raced, pair);
    out += "\n";
  }
  for (const Warning& warning : result.warnings)
    out += wrapped(warning_line(warning), 2, kRaceWidth);
  return escaped(out);
}

}  // namespace isoloss
