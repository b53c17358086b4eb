#include "host/answers/fitted_law.h"

#include <fmt/format.h>

#include <algorithm>

#include "fits/math.h"
#include "host/answers/influence/decisive_rows.h"
#include "host/base/checksum.h"
#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/fit.h"
#include "host/fit/fit_warnings.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/reading/run_files.h"

namespace isoloss {
namespace {

// A formula's names are looked up in the file's header.
LawEntry asked_law(const CsvTable& table, const RunSource& source, const FitOptions& options) {
  const LawRequest request{options.law, options.overrides, !options.linear_residual,
                           source.read.response};
  if (!is_formula(request.text)) return choose_law(request, {});
  return choose_law(request, table.names());
}

std::vector<FittedRange> ranges_of(const RunTable& runs, const LawEntry& law) {
  std::vector<FittedRange> out;
  for (const LawInput& input : law.inputs) {
    if (input.is_history()) continue;
    const std::vector<double>& values = runs.values_of(input.column);
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    out.push_back({input.symbol, input.column, *least, *largest});
  }
  return out;
}

// What a fit warns of concerns whoever asks it, but for budgets of its own.
std::vector<Warning> lasting_warnings(const FitResult& fit) {
  std::vector<Warning> out;
  if (const auto status = status_warning(fit.status)) out.push_back(*status);
  for (const Warning& own : fit.warnings)
    if (!is_of_own_budgets(own.name)) out.push_back(own);
  return out;
}

}  // namespace

std::vector<double> FittedLaw::default_budgets() const {
  return largest_flops ? isoloss::default_budgets(*largest_flops) : std::vector<double>{};
}

std::shared_ptr<const CsvTable> table_of(const RunSource& source) {
  if (source.table) return source.table;
  return std::make_shared<const CsvTable>(read_table(source.paths, source.read));
}

LawAndRuns read_law_and_runs(const RunSource& source, const FitOptions& options,
                             const std::string& further) {
  const auto table = table_of(source);
  LawAndRuns out{asked_law(*table, source, options), {}};
  ReadOptions read = source.read;
  read_for(out.law, read);
  if (!further.empty() && !out.law.reads(std::string_view(further)))
    read.inputs.push_back({further});
  out.runs = runs_of(*table, read);
  if (!out.law.log_residual) out.law = scaled_to(out.law, out.runs);
  return out;
}

FittedRuns fit_runs(const RunSource& source, const FitOptions& options) {
  LawAndRuns read = read_law_and_runs(source, options);
  FittedRuns out{std::move(read.runs), {}};
  const auto law = std::make_shared<const LawEntry>(std::move(read.law));
  out.fit = fit(out.runs, law, options);
  if (const auto decisive = decisive_rows(out, law, options)) out.fit.warnings.push_back(*decisive);
  return out;
}

FittedLaw fit(const RunSource& source, const FitOptions& options) {
  return law_of_fit(std::make_shared<const FittedRuns>(fit_runs(source, options)));
}

FittedLaw law_of_fit(std::shared_ptr<const FittedRuns> made) {
  const auto& [runs, fit] = *made;
  FittedLaw out;
  out.title = "a fit to " + printable(runs.path);
  out.law = *fit.law;
  out.response = runs.response;
  out.thetas = {fit.theta};
  out.confidence = fit.options.confidence;
  for (const ParamEstimate& param : fit.params) out.intervals.push_back(param.interval);
  out.ranges = ranges_of(runs, out.law);
  if (!runs.flops.empty()) out.largest_flops = runs.largest_flops();
  out.flops_per_token_param = fit.options.flops_per_token_param;
  out.withholds = fit.bootstrap.withheld;
  const std::size_t num_draws = out.withholds ? 0 : fit.draws.size();
  for (std::size_t i = 0; i < num_draws; ++i) out.thetas.push_back(fit.draws[i]);
  out.status = fit.status;
  out.warnings = lasting_warnings(fit);
  out.made = std::move(made);
  return out;
}

FittedLaw law_fitted_to(RunTable runs, std::shared_ptr<const LawEntry> law,
                        const FitOptions& options, std::span<const Theta> near) {
  auto made = std::make_shared<FittedRuns>(FittedRuns{std::move(runs), {}});
  made->fit = fit(made->runs, std::move(law), options, near);
  return law_of_fit(std::move(made));
}

FittedLaw published(std::string_view name) { return law_of_recipe(recipe_called(name)); }

FittedLaw law_of_recipe(const Recipe& recipe) {
  if (recipe.law.empty())
    throw InputError(
        "", 0, "",
        fmt::format("{} is a power law of the compute: it knows no loss and no other "
                    "cost",
                    recipe.name),
        "ask it for ``compute``, ``params`` or ``tokens``, or take a recipe with a law: "
        "isoloss optimum ``list``");
  FittedLaw out;
  out.title = recipe.title;
  out.source = recipe.source;
  out.note = recipe.note;
  out.counts_total = recipe.counts_total;
  out.law = find_law(recipe.law);
  Theta theta{};
  for (int k = 0; k < out.law.num_params(); ++k) {
    const double shown = recipe.params.at(out.law.params[static_cast<std::size_t>(k)].name);
    theta[static_cast<std::size_t>(k)] = out.law.is_log(k) ? isoloss::log(shown) : shown;
  }
  out.thetas = {theta};
  return out;
}

std::string checksum_of(std::span<const double> numbers) {
  if (numbers.empty()) return "";
  Checksum sum;
  sum.add(numbers);
  return sum.text();
}

std::string draws_checksum(const FitResult& fit) {
  if (fit.draws.empty()) return "";
  Checksum sum;
  StopWatch watch;
  for (std::size_t i = 0; i < fit.draws.size(); ++i) {
    watch.look();
    for (int k = 0; k < fit.law->num_params(); ++k) sum.add(fit.law->shown(k, fit.draws.at(i, k)));
  }
  return sum.text();
}

}  // namespace isoloss
