#include "host/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "fits/search.h"
#include "host/asymptotic.h"
#include "host/bootstrap.h"
#include "host/derived.h"
#include "host/error.h"
#include "host/fit_warnings.h"
#include "host/identifiability.h"
#include "host/law_choice.h"
#include "host/parallel.h"
#include "host/profile.h"
#include "host/proved_fit.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "host/search/projected_search.h"
#include "host/search/request.h"
#include "host/search/sampled_starts.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr int kExponentsAnAxis = 32;
constexpr int kBasins = 4;
constexpr int kBasinsWithoutTerms = 32;
constexpr int kBootstrapStarts = 255;  // besides the fit, for laws without terms
constexpr int kFewestUnits = 5;
constexpr double kShareWithheld = 0.05;

void require_enough_runs(const RunTable& runs, const LawEntry& law) {
  const auto num_free = static_cast<std::size_t>(law.num_free());
  if (runs.num_runs() >= num_free) return;
  throw InputError(runs.path, 0, "",
                   fmt::format("{} row{}, {} parameters: {} cannot be fitted", runs.num_runs(),
                               runs.num_runs() == 1 ? "" : "s", num_free, law.name),
                   "add runs, or choose a law with fewer parameters");
}

void refuse_budgets(const LawEntry& law) {
  throw InputError("", 0, "",
                   fmt::format("--compute: {} has no compute-optimal model, which takes a law of N "
                               "and D alone",
                               law.name),
                   "leave out --compute");
}

// FLOP of the largest run; 0 where it cannot be known.
double largest_budget(const RunTable& runs, const FitOptions& options) {
  double largest = 0;
  for (const double C : runs.flops) largest = std::max(largest, C);
  if (!runs.flops.empty() || runs.params.empty() || runs.tokens.empty()) return largest;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    largest = std::max(largest, options.flops_per_token_param * runs.params[i] * runs.tokens[i]);
  return largest;
}

// Starts besides those of a screen, and how they are called in the report.
std::vector<double> plain_starts(const LawEntry& law, const Problem& problem,
                                 const FitOptions& options, SearchEngine& engine,
                                 std::string& method) {
  if (options.starts == StartMode::random) {
    method = fmt::format("{} random starts", options.num_random_starts);
    return random_starts(law, problem.centre(), options.num_random_starts, options.seed);
  }
  if (options.starts == StartMode::screen && can_screen_exponents(law)) {
    method = fmt::format("screen of {0} x {0} exponents", kFinestExponents);
    ScreenedStart finest;
    if (!screen_exponent_pairs(law, problem.view(), kFinestExponents, engine, finest)) return {};
    return {finest.theta, finest.theta + law.num_params()};
  }
  if (options.starts == StartMode::grid) {
    method = fmt::format("grid of {} starts", num_grid_starts(law));
    return grid_starts(law, problem.centre());
  }
  std::vector<double> starts = given_starts(law, problem);
  if (!starts.empty()) {
    const auto has_start = [](const LawParam& param) { return param.start.has_value(); };
    method = std::any_of(law.params.begin(), law.params.end(), has_start)
                 ? "the given start and points around it"
                 : "linear least squares";
    return starts;
  }
  method = fmt::format("screen of {} points", num_samples(law));
  return sampled_starts(law, problem, kBasinsWithoutTerms);
}

// Of the fit and its bootstrap together.
JobSize job_size(const RunTable& runs, const LawEntry& law, const FitOptions& options) {
  long long starts = kBasins;
  if (options.starts == StartMode::random) starts = options.num_random_starts;
  if (options.starts == StartMode::grid) starts = num_grid_starts(law);
  return {starts + options.num_resamples, static_cast<long long>(runs.num_runs())};
}

// Searches from each start with the linear parameters solved for; replaces the candidate by what is
// better.
void search_projected(const LawEntry& law, const Problem& problem, const SearchRequest& request,
                      Candidate& candidate) {
  for (int s = 0; s < request.num_starts; ++s) {
    const SearchResult end =
        projected_search(law, problem, request.starts + std::ptrdiff_t{s} * law.num_params());
    throw_if_interrupted();
    if (ends_are_equal(candidate.objective, end.objective)) continue;
    candidate.objective = end.objective;
    std::copy(end.theta.begin(), end.theta.end(), candidate.theta);
  }
}

// Finds the fit itself.
Candidate search_plain(const LawEntry& law, const Problem& problem, const FitOptions& options,
                       SearchEngine& engine, SearchReport& report) {
  const std::vector<double> starts = plain_starts(law, problem, options, engine, report.method);
  SearchRequest request = search_request(law, problem, options.residual_loss);
  request.starts = starts.data();
  request.num_starts = static_cast<int>(starts.size()) / law.num_params();
  request.stop = &interrupted;
  std::optional<ExponentColumns> columns;
  if (options.starts == StartMode::screen && can_screen_exponents(law)) {
    request.num_basins = kBasins;
    columns.emplace(law, request.runs, kExponentsAnAxis);
    request.grid = &columns->grid();
  } else {
    request.start_rule = StartRule::all_starts;
  }
  Candidate candidate{};
  engine.search(request, &candidate);
  throw_if_interrupted();
  if (can_project(law, options.residual_loss)) search_projected(law, problem, request, candidate);
  report.num_starts = candidate.num_started;
  report.num_agreeing = candidate.num_agreeing;
  return candidate;
}

// Candidate starts for the resamples of a law that no exponent screen serves: the fit itself and
// the best of a sample.
std::vector<double> bootstrap_starts(const LawEntry& law, const Problem& problem,
                                     const PolishedFit& fit) {
  if (can_screen_exponents(law)) return {};
  std::vector<double> starts(fit.theta.begin(), fit.theta.begin() + law.num_params());
  const std::vector<double> others = sampled_starts(law, problem, kBootstrapStarts);
  starts.insert(starts.end(), others.begin(), others.end());
  return starts;
}

// Residuals of the response itself are searched in units of law.unit: delta is given in that unit,
// and an objective has its square.
FitOptions in_unit_of(const LawEntry& law, FitOptions options) {
  double& delta = options.residual_loss.huber_delta;
  delta /= law.unit;
  if (options.residual_loss.kind == ResidualKind::huber && delta < kLeastHuberDelta)
    throw InputError(
        "", 0, "",
        fmt::format("--huber-delta {:g} is lost in the rounding of residuals", delta * law.unit),
        "use --objective absolute, the limit of a small delta");
  return options;
}

double objective_unit(const FitResult& result) {
  const double unit = result.law->unit;
  return result.options.residual_loss.kind == ResidualKind::absolute ? unit : unit * unit;
}

void add_residuals(const Problem& problem, const PolishedFit& fit, FitResult& result) {
  const RunsView runs = problem.view();
  std::vector<double> hat(static_cast<std::size_t>(runs.num_padded));
  const LawKernels kernels = result.law->kernels(simd_level());
  kernels.predict(kernels.tape, runs, fit.theta.data(), hat.data());
  double sum = 0;
  int beyond = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double r = result.law->unit * (hat[static_cast<std::size_t>(i)] - runs.target[i]);
    result.residuals.push_back(r);
    sum += r * r;
    beyond += std::fabs(r) > result.options.residual_loss.huber_delta ? 1 : 0;
  }
  result.rms_residual = std::sqrt(sum / runs.num_runs);
  result.share_beyond_delta = static_cast<double>(beyond) / runs.num_runs;
}

Status status_of(const FitResult& result, const PolishedFit& fit) {
  const bool at_bound =
      std::any_of(fit.at_bound.begin(), fit.at_bound.begin() + result.law->num_params(),
                  [](bool bound) { return bound; });
  const bool identified = result.identifiability.condition <= kConditionNotIdentifiable;
  if (!identified) return Status::not_identifiable;
  if (at_bound) return Status::at_bound;
  return fit.converged ? Status::converged : Status::not_converged;
}

void report_draws(const Draws& draws, const Units& units, FitResult& result,
                  const Problem& problem) {
  BootstrapReport& report = result.bootstrap;
  report.num_resamples = result.options.num_resamples;
  report.by_run = units.by_run;
  report.num_units = units.num_units;
  const double unit = objective_unit(result);
  for (const PolishedFit& fit : draws.fits) {
    report.num_not_converged += fit.converged || fit.degenerate ? 0 : 1;
    report.num_flat += fit.flat ? 1 : 0;
    report.num_degenerate += fit.degenerate ? 1 : 0;
    report.num_at_bound +=
        std::find(fit.at_bound.begin(), fit.at_bound.end(), true) != fit.at_bound.end();
    if (fit.converged)
      report.largest_scaled_gradient =
          std::max(report.largest_scaled_gradient, fit.scaled_gradient);
    result.draws.push_back(result.law->from_search(fit.theta, problem.centre()));
    result.draw_objective.push_back(fit.objective * unit);
    result.draw_converged.push_back(fit.converged);
    result.draw_degenerate.push_back(fit.degenerate);
  }
  if (units.by_run && units.num_units < kFewestUnits) {
    report.withheld_reason = fmt::format(
        "points of one run are correlated, so runs are resampled, and {} runs are too few for an "
        "interval",
        units.num_units);
  } else if (result.status == Status::not_identifiable) {
    report.withheld_reason = "the parameters are not identifiable from these runs";
  } else if (report.num_not_converged > kShareWithheld * report.num_resamples) {
    report.withheld_reason = fmt::format("{} of {} resamples did not converge",
                                         report.num_not_converged, report.num_resamples);
  }
  report.withheld = !report.withheld_reason.empty();
}

}  // namespace

std::vector<double> default_budgets(double largest_flops) {
  return {largest_flops, 10 * largest_flops, 100 * largest_flops};
}

FitResult fit(const RunTable& runs, const FitOptions& options) {
  LawEntry law = choose_law({options.law, options.overrides, !options.linear_residual, ""}, {});
  if (!law.log_residual) law = scaled_to(law, runs);
  return fit(runs, std::make_shared<const LawEntry>(std::move(law)), options);
}

FitResult fit(const RunTable& runs, std::shared_ptr<const LawEntry> of_law,
              const FitOptions& options) {
  FitResult result;
  result.options = options;
  result.law = std::move(of_law);
  const LawEntry& law = *result.law;
  require_enough_runs(runs, law);
  const double largest_C = largest_budget(runs, options);
  result.budgets_asked = !options.compute.empty();
  if (result.budgets_asked && law.optimum == nullptr) refuse_budgets(law);
  if (!result.budgets_asked && law.optimum != nullptr)
    result.options.compute = default_budgets(largest_C);

  const FitOptions searched = in_unit_of(law, options);
  const Problem problem(runs, law);
  const ChosenEngine chosen = choose_engine(options.device, {options.num_threads, simd_level()},
                                            job_size(runs, law, searched));
  result.search.device = chosen.engine->name();
  result.search.device_reason = chosen.reason;
  const Candidate candidate = search_plain(law, problem, searched, *chosen.engine, result.search);

  const PolishedFit best = proved_fit(law, problem.view(), searched.residual_loss, candidate.theta);
  result.theta = law.from_search(best.theta, problem.centre());
  result.objective = best.objective * objective_unit(result);
  result.scaled_gradient = best.scaled_gradient;
  result.face_width = face_width(law, problem.view(), searched.residual_loss, best);
  for (std::size_t k = 0; k < law.params.size(); ++k) {
    ParamEstimate param;
    param.name = law.params[k].name;
    param.meaning = law.params[k].meaning;
    param.at_bound = best.at_bound[k];
    param.fixed = law.is_held(static_cast<int>(k));
    result.params.push_back(std::move(param));
  }
  result.identifiability = identifiability(law, problem, best);
  result.status = status_of(result, best);
  add_residuals(problem, best, result);
  add_asymptotic_errors(problem, best, result);

  const Units units = units_of(runs, options.group_by_run);
  add_profiles(problem, best, units, result);
  if (options.num_resamples > 0) {
    const Draws draws = bootstrap(law, problem, units, *chosen.engine,
                                  bootstrap_starts(law, problem, best), searched, &best);
    result.search.num_basins = draws.num_basins;
    report_draws(draws, units, result, problem);
  }
  add_estimates(result, largest_C);
  result.warnings = runs.warnings;
  add_fit_warnings(runs, result);
  return result;
}

}  // namespace isoloss
