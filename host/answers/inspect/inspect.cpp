#include "host/answers/inspect/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>

#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/fit.h"
#include "host/fit/fit_checks.h"

namespace isoloss {
namespace {

// Of what a fit warns of, what the runs themselves bring about.
constexpr std::array kOfRuns{code_of<"not_identifiable">, code_of<"weakly_identifiable">,
                             code_of<"response_rises">, code_of<"outlier">,
                             code_of<"narrow_range">};

InspectedRange range_of(std::string symbol, std::string quantity, const std::vector<double>& values,
                        bool is_count) {
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  return {std::move(symbol),
          std::move(quantity),
          is_count,
          *least,
          median(values),
          *largest,
          std::set<double>(values.begin(), values.end()).size()};
}

std::vector<double> ratios(const std::vector<double>& a, const std::vector<double>& b,
                           double factor = 1) {
  std::vector<double> out;
  for (std::size_t i = 0; i < a.size(); ++i) out.push_back(a[i] / (factor * b[i]));
  return out;
}

bool counts(const LawInput& input) {
  const auto own = static_cast<Input>(input.table);
  return input.table >= 0 && (own == Input::N || own == Input::D || own == Input::U);
}

std::vector<InspectedRange> ranges_of_runs(const RunTable& runs, const LawEntry& law) {
  std::vector<InspectedRange> out;
  for (const LawInput& input : law.inputs)
    if (!input.is_history())
      out.push_back(
          range_of(input.symbol, input.column, runs.values_of(input.column), counts(input)));
  if (!runs.flops.empty() && !law.reads(Input::C))
    out.push_back(range_of("C", "flops", runs.flops, false));
  if (!runs.params.empty() && !runs.tokens.empty())
    out.push_back(range_of("D / N", "tokens_per_param", ratios(runs.tokens, runs.params), false));
  const bool is_loss = runs.response == "loss";
  out.push_back(range_of(is_loss ? "L" : runs.response, runs.response, runs.loss, false));
  return out;
}

std::optional<ComputeCheck> compute_of(const RunTable& runs, double factor) {
  if (!runs.flops_given || runs.params.empty() || runs.tokens.empty()) return {};
  std::vector<double> products;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    products.push_back(runs.params[i] * runs.tokens[i]);
  const std::vector<double> shares = ratios(runs.flops, products, factor);
  const InspectedRange range = range_of("", "", shares, false);
  const auto is_off = [](double share) {
    return std::fabs(share - 1) > threshold_of<"flops_differ">;
  };
  return ComputeCheck{
      range.least, range.median, range.largest,
      static_cast<std::size_t>(std::count_if(shares.begin(), shares.end(), is_off))};
}

std::optional<RunClusters> clusters_of(const RunTable& runs) {
  const auto rows = rows_by_run(runs);
  if (rows.empty() || rows.size() == runs.num_runs()) return {};
  const auto [fewest, most] = std::minmax_element(
      rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  return RunClusters{rows.size(), fewest->size(), most->size()};
}

std::string text_of_verdict(const Inspection& of) {
  if (of.verdict.warning && of.verdict.kind != VerdictKind::identifiable)
    return of.verdict.warning->text;
  const Identifiability& own = of.fit->identifiability;
  std::vector<std::string> at_bound;
  for (const ParamEstimate& param : of.fit->params)
    if (param.at_bound && !param.fixed) at_bound.push_back(param.name);
  return fmt::format(
      "these runs tell the parameters of {} apart{} (rank {}, condition number {:.2g})",
      printable(of.law.name),
      at_bound.empty() ? "" : ", but for " + listed(at_bound) + " at its bound", own.rank,
      own.condition);
}

// A least-squares fit is at the mercy of outliers, which are left out of it: as long as that leaves
// runs enough.
RunTable without_outliers(const Inspection& of) {
  std::vector<bool> is_outlier(of.runs.num_runs());
  for (const Outlier& own : of.outliers) is_outlier[own.run] = true;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < is_outlier.size(); ++i)
    if (!is_outlier[i]) rows.push_back(i);
  RunTable out = picked_rows(of.runs, rows);
  return too_few_runs(out, of.law).empty() ? out : of.runs;
}

void look_by_fits(const FitOptions& options, Inspection& out) {
  FitOptions plain = options;
  plain.num_resamples = 0;
  const auto law = std::make_shared<const LawEntry>(out.law);
  out.fit = fit(out.runs, law, plain);
  out.deviation = robust_deviation(*out.fit);
  out.outlier_limit = outlier_limit(*out.fit);
  out.verdict = verdict_of(out.runs, *out.fit);
  // What goes through all runs has nothing off it.
  if (out.verdict.kind != VerdictKind::exact_fit)
    out.outliers = outliers(out.runs, *out.fit, out.outlier_limit);
  out.verdict_text = text_of_verdict(out);
  for (const Warning& own : out.fit->warnings)
    if (std::find(kOfRuns.begin(), kOfRuns.end(), own.name) != kOfRuns.end())
      out.warnings.push_back(own);
  plain.residual_loss = {ResidualKind::squared};
  plain.group_by_run = false;  // profiles are of independent rows
  const RunTable runs = without_outliers(out);
  out.num_squared = runs.num_runs();
  out.quantities = determined_quantities(runs, fit(runs, law, plain));
}

}  // namespace

Outcome Inspection::outcome() const {
  if (verdict.kind == VerdictKind::too_few_runs) return Outcome::none;
  return verdict.kind >= VerdictKind::open ? Outcome::unsound : Outcome::sound;
}

Inspection inspect(const RunSource& source, const FitOptions& options) {
  Inspection out;
  LawAndRuns read = read_law_and_runs(source, options);
  out.runs = std::move(read.runs);
  out.law = std::move(read.law);
  out.warnings = out.runs.warnings;
  out.ranges = ranges_of_runs(out.runs, out.law);
  out.repeats = repeated_runs(out.runs, out.law);
  out.compute = compute_of(out.runs, options.flops_per_token_param);
  if (options.group_by_run) out.clusters = clusters_of(out.runs);
  if (const std::string too_few = too_few_runs(out.runs, out.law); !too_few.empty()) {
    out.verdict.kind = VerdictKind::too_few_runs;
    out.verdict_text = too_few;
    return out;
  }
  look_by_fits(options, out);
  return out;
}

}  // namespace isoloss
