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
#include "host/fit_checks.h"
#include "host/fit_warnings.h"
#include "host/identifiability.h"
#include "host/law_choice.h"
#include "host/parallel.h"
#include "host/profile.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "host/search/projected_search.h"
#include "host/search/request.h"
#include "host/search/sampled_starts.h"
#include "host/search/start_ranges.h"
#include "host/search/starts.h"
#include "host/widen.h"

namespace isoloss {
namespace {

constexpr int kExponentsAnAxis = 32;
constexpr int kBasins = 4;
constexpr int kBasinsWithoutTerms = 32;
constexpr int kBootstrapStarts = 255;  // besides the fit, for laws without terms
constexpr int kFewestUnits = 5;
constexpr double kLowerBeyond = 1e-9;  // so much lower, relative, is more than rounding
constexpr double kShareWithheld = 0.05;

// Starts besides those of a screen, and how they are called in the report.
std::vector<double> plain_starts(const LawEntry& law, const Problem& problem,
                                 const FitOptions& options, SearchEngine& engine,
                                 std::string& method) {
  if (options.starts == StartMode::random) {
    method = fmt::format("{} random starts", options.num_random_starts);
    return random_starts(law, problem, options.num_random_starts, options.seed);
  }
  if (options.starts == StartMode::screen && can_screen_exponents(law)) {
    method = fmt::format("screen of {0} x {0} exponents", kFinestExponents);
    ScreenedStart finest;
    if (!screen_exponent_pairs(law, problem.view(), kFinestExponents, engine, finest)) return {};
    return {finest.theta, finest.theta + law.num_params()};
  }
  if (options.starts == StartMode::grid) {
    const LawEntry sized = with_sized_grids(law, problem);
    method = fmt::format("grid of {} starts", num_grid_starts(sized));
    return grid_starts(sized, problem.centre());
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

// A law, the runs as it sees them and its fit.
struct Searched {
  std::shared_ptr<const LawEntry> law;
  Problem problem;
  PolishedFit best;
  SearchReport report;
};

Searched searched_for(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                      const FitOptions& options, SearchEngine& engine) {
  Searched out{law, Problem(runs, *law), {}, {}};
  const Candidate candidate = search_plain(*law, out.problem, options, engine, out.report);
  out.best = law->solver().polish(law->kernels(simd_level()), out.problem.view(),
                                  options.residual_loss, candidate.theta, law->box);
  return out;
}

// Searches again beyond bounds that hold the fit and that nobody asked for, for as long as it pays.
Searched search_widening(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                         const FitOptions& options, SearchEngine& engine) {
  Searched now = searched_for(std::move(law), runs, options, engine);
  while (const std::optional<LawEntry> wider = widened(*now.law, now.best)) {
    Searched next = searched_for(std::make_shared<const LawEntry>(*wider), runs, options, engine);
    if (!(next.best.objective < now.best.objective * (1 - kLowerBeyond))) break;
    now = std::move(next);
  }
  return now;
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
  options.residual_loss.huber_delta /= law.unit;
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
    report.num_not_converged += fit.converged ? 0 : 1;
    report.num_at_bound +=
        std::find(fit.at_bound.begin(), fit.at_bound.end(), true) != fit.at_bound.end();
    if (fit.converged)
      report.largest_scaled_gradient =
          std::max(report.largest_scaled_gradient, fit.scaled_gradient);
    result.draws.push_back(result.law->from_search(fit.theta, problem.centre()));
    result.draw_objective.push_back(fit.objective * unit);
    result.draw_converged.push_back(fit.converged);
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

FitResult fit(const RunTable& runs, const FitOptions& options) {
  LawEntry law = choose_law({options.law, options.overrides, !options.linear_residual, ""}, {});
  if (!law.log_residual) law = scaled_to(law, runs);
  return fit(runs, std::make_shared<const LawEntry>(std::move(law)), options);
}

FitResult fit(const RunTable& runs, std::shared_ptr<const LawEntry> of_law,
              const FitOptions& options) {
  FitResult result;
  result.options = options;
  require_enough_runs(runs, *of_law);
  require_small_grid(*of_law, options);
  const double largest_C = largest_budget(runs, options);
  result.budgets_asked = !options.compute.empty();
  if (result.budgets_asked && of_law->optimum == nullptr) refuse_budgets(*of_law);
  if (!result.budgets_asked && of_law->optimum != nullptr)
    result.options.compute = default_budgets(largest_C);

  const FitOptions searched = in_unit_of(*of_law, options);
  const ChosenEngine chosen = choose_engine(options.device, {options.num_threads, simd_level()},
                                            job_size(runs, *of_law, searched));
  const Searched found = search_widening(std::move(of_law), runs, searched, *chosen.engine);
  result.law = found.law;
  result.search = found.report;
  result.search.device = chosen.engine->name();
  result.search.device_reason = chosen.reason;
  require_finite(runs, found.best.objective, result.search.num_starts);
  const LawEntry& law = *result.law;
  const Problem& problem = found.problem;
  const PolishedFit& best = found.best;
  result.theta = law.from_search(best.theta, problem.centre());
  result.bound_theta = best.theta;
  result.objective = best.objective * objective_unit(result);
  result.scaled_gradient = best.scaled_gradient;
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
                                  bootstrap_starts(law, problem, best), searched);
    result.search.num_basins = draws.num_basins;
    report_draws(draws, units, result, problem);
  }
  add_estimates(result, largest_C);
  result.warnings = runs.warnings;
  add_fit_warnings(runs, result);
  return result;
}

}  // namespace isoloss
