#include "host/report/fit.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/base/warnings.h"
#include "host/fit/lost_refits.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_charts.h"
#include "host/report/fit_parts.h"

namespace isoloss {
namespace {

Section runs_section(const RunTable& runs, const FitResult& fit) {
  Section out{"Law and runs",
              {Formula{fit.law->name, fit.law->formula}, run_ranges(runs, *fit.law)}};
  for (const Dropped& dropped : runs.dropped)
    out.blocks.push_back(Note{fmt::format("dropped {}: {}", dropped.num_rows, dropped.reason), 2});
  return out;
}

std::string objective_value(const RunTable& runs, const FitResult& fit) {
  const ResidualLoss& rho = fit.options.residual_loss;
  const std::string of = residual_name(runs, *fit.law);
  std::string kind;
  if (rho.kind == ResidualKind::huber)
    kind = fmt::format("Huber on {}, delta {:g}", of, rho.huber_delta);
  if (rho.kind == ResidualKind::squared) kind = "half squared error of " + of;
  if (rho.kind == ResidualKind::absolute) kind = "absolute residual of " + of;
  if (rho.over_penalty != 1)
    kind += fmt::format(", {:g} times where the law is above the run", rho.over_penalty);
  return fmt::format("{:.10e}   {}, summed over runs; rms residual {:.2g}", fit.objective, kind,
                     fit.rms_residual);
}

// Only where the user's objective lets them expect one.
std::string profile_value(const RunTable& runs, const FitResult& fit) {
  if (!fit.options.residual_loss.is_likelihood()) return "";
  if (!fit.profile.left_out.empty()) return "no interval: " + fit.profile.left_out;
  return fmt::format("for independent normal errors of {}; t with {} degrees of freedom",
                     runs.weights.empty() ? "equal variance" : "variance 1 / weight",
                     fit.profile.degrees_of_freedom);
}

std::string clause(int num, const char* what) {
  return num > 0 ? fmt::format(", {} {}", num, what) : "";
}

// How far the count of agreeing starts can be trusted.
std::string how_far(const FitResult& fit) {
  if (fit.search.is_convex) return ", the only optimum";
  if (!fit.search.limit_reached) return "";
  return fmt::format(", the limit of ``effort`` {}", fit.options.effort);
}

// Of what the search came by after its own starts.
std::string later_ends(const SearchReport& search) {
  if (search.num_later == 0) return "";
  return fmt::format(", and {} of the points searched on from later", search.num_later);
}

std::string search_value(const FitResult& fit) {
  const SearchReport& search = fit.search;
  if (search.num_starts == 0) return search.method;
  return fmt::format("{}: {} of {} starts end here{}{}", search.method, search.num_agreeing,
                     search.num_starts, later_ends(search), how_far(fit));
}

std::string bootstrap_value(const BootstrapReport& bootstrap) {
  return fmt::format(
      "{} {} resampled{}; {} of {} fits proved converged{}{}{}", bootstrap.num_units,
      bootstrap.by_run ? "runs" : "rows", bootstrap.by_run ? "" : ", treated as independent",
      bootstrap.num_resamples - bootstrap.num_not_converged - bootstrap.num_degenerate,
      bootstrap.num_resamples, clause(bootstrap.num_flat, "on a level face"),
      clause(bootstrap.num_degenerate, "with too few rows drawn"),
      clause(bootstrap.num_at_bound, "at a bound"));
}

std::string chance_text(double probability) {
  constexpr double kLeast = 0.001;
  return probability < kLeast ? "less than 0.1%" : share_text(probability);
}

// Of noise that the file tells.
std::vector<Pair> lack_of_fit_pairs(const FitResult& fit) {
  std::vector<Pair> out;
  for (const LackOfFit& own : fit.lack_of_fit) {
    const std::string noise = own.against_errors
                                  ? fmt::format("standard errors of {:.2g}", own.noise)
                                  : fmt::format("{} rows at {} settings differ by {:.2g}",
                                                own.num_rows, own.num_settings, own.noise);
    out.push_back({out.empty() ? "noise" : "",
                   fmt::format("{}, the law is off by {:.2g} beside that (by chance: {})", noise,
                               own.misfit, chance_text(own.probability))});
  }
  return out;
}

Section search_section(const RunTable& runs, const FitResult& fit) {
  std::vector<Pair> out{
      {"objective", objective_value(runs, fit)},
      {"search", search_value(fit)},
      {"engine", fmt::format("{}: {}", fit.search.device, fit.search.device_reason)}};
  if (fit.bootstrap.num_resamples > 0) out.push_back({"bootstrap", bootstrap_value(fit.bootstrap)});
  if (fit.bootstrap.num_resamples > 0 && fit.bootstrap.num_not_converged > 0)
    out.push_back({"", lost_text(lost_refits(runs, fit))});
  if (const std::string profile = profile_value(runs, fit); !profile.empty())
    out.push_back({"profile", profile});
  for (const Pair& own : lack_of_fit_pairs(fit)) out.push_back(own);
  return {"How it was fitted", {Pairs{out}}};
}

std::string exponent_text(const char* name, const Estimate& estimate) {
  std::string out = fmt::format("{} ~ C^{:.4f}", name, estimate.value);
  if (estimate.interval)
    out += fmt::format(" ({:.3f} .. {:.3f})", estimate.interval->lower, estimate.interval->upper);
  return out;
}

// A budget as a multiple of the largest run's.
std::string multiple_text(double factor) { return fmt::format("{:.3g}", factor); }

Cells optimum_row(const OptimumEstimate& at) {
  const Cell budget{flops_text(at.C), at.C};
  if (!at.interior) return {budget, "no optimum inside the law's range"};
  return {budget,
          estimate_cell(at.N, count_text),
          estimate_cell(at.D, count_text),
          estimate_cell(at.tokens_per_param, ratio_text),
          {loss_text(at.L.value), at.L},
          {multiple_text(at.extrapolation), at.extrapolation}};
}

Section optimum_section(const FitResult& fit) {
  const auto section = [](const std::string& value) {
    return Section{"Compute-optimal models", {Pairs{{{"optimum", value}}}}};
  };
  if (withholds_optima(fit))
    return section(std::string("not given: ") + status_sentence(fit.status));
  if (!std::isfinite(fit.N_exponent.value)) return section("none inside the law's range");
  Section out =
      section(exponent_text("N", fit.N_exponent) + ",  " + exponent_text("D", fit.D_exponent));
  Table table{{{"C, FLOP"}, {"N, parameters"}, {"D, tokens"}, {"D / N"}, {"loss"}, {"C / max C"}}};
  for (const OptimumEstimate& at : fit.optima) table.rows.push_back(optimum_row(at));
  out.blocks.emplace_back(table);
  return out;
}

// The farthest budget's model, or what was fitted to what; not a model by a law that may be wrong.
std::string answer_sentence(const RunTable& runs, const FitResult& fit) {
  if (withholds_optima(fit))
    return fmt::format("These {} runs cannot tell the parameters of {} apart", runs.num_runs(),
                       fit.law->name);
  if (fit.status != Status::converged)
    return fmt::format("{} fitted to {} runs is not to be relied on ({})", fit.law->name,
                       runs.num_runs(), status_sentence(fit.status));
  if (fit.law->optimum == nullptr || fit.optima.empty() || !fit.optima.back().interior)
    return fmt::format("{} fitted to {} runs: rms residual {:.2g} of {}", fit.law->name,
                       runs.num_runs(), fit.rms_residual, residual_name(runs, *fit.law));
  const OptimumEstimate& at = fit.optima.back();
  const bool is_far = at.extrapolation > threshold_of<"extrapolation">;
  return fmt::format(
      "With {} FLOP{}, train {} parameters on {} tokens: a loss of {}", flops_text(at.C),
      is_far ? fmt::format(", {} times the largest run's", multiple_text(at.extrapolation)) : "",
      estimate_text(at.N, count_text), estimate_text(at.D, count_text), loss_text(at.L.value));
}

std::vector<Pair> methods_of(const FitResult& fit) {
  std::vector<Pair> out{{"law", fmt::format("{}: {}", fit.law->name, fit.law->formula)}};
  if (!fit.law->source.empty()) out.push_back({"form of the law", fit.law->source});
  out.push_back({"seed", fmt::format("{}", fit.options.seed)});
  return out;
}

Warnings warnings_of(const FitResult& fit) {
  return {fit.status == Status::converged ? "" : status_sentence(fit.status), fit.warnings};
}

}  // namespace

Document describe_fit(const RunTable& runs, const FitResult& fit) {
  Document out{fmt::format("{} fitted to {}", fit.law->name, printable(runs.path)),
               answer_sentence(runs, fit),
               methods_of(fit),
               {},
               {}};
  out.sections = {
      runs_section(runs, fit), {"Parameters", {params_table(fit)}}, search_section(runs, fit)};
  if (fit.law->optimum != nullptr) out.sections.push_back(optimum_section(fit));
  if (!fit.options.intervals.empty()) out.sections.push_back(intervals_section(fit));
  out.sections.push_back({"Warnings", {warnings_of(fit)}});
  out.charts = [&runs, &fit] { return fit_charts(runs, fit); };
  return out;
}

}  // namespace isoloss
