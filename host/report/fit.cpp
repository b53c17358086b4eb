#include "host/report/fit.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/fit/lost_refits.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

std::string head(const RunTable& runs, const FitResult& fit) {
  std::string out = fmt::format("{}   {}\n", fit.law->name, fit.law->formula);
  out += run_ranges(runs, *fit.law, kWidth);
  for (const Dropped& dropped : runs.dropped)
    out += fmt::format("  dropped {}: {}\n", dropped.num_rows, dropped.reason);
  return out + "\n";
}

std::string objective_line(const RunTable& runs, const FitResult& fit) {
  const ResidualLoss& rho = fit.options.residual_loss;
  const std::string of = residual_name(runs, *fit.law);
  std::string kind;
  if (rho.kind == ResidualKind::huber)
    kind = fmt::format("Huber on {}, delta {:g}", of, rho.huber_delta);
  if (rho.kind == ResidualKind::squared) kind = "half squared error of " + of;
  if (rho.kind == ResidualKind::absolute) kind = "absolute residual of " + of;
  return fmt::format("  objective  {:.10e}   {}, summed over runs; rms residual {:.2g}\n",
                     fit.objective, kind, fit.rms_residual);
}

// Only where the user's objective lets them expect one.
std::string profile_line(const RunTable& runs, const FitResult& fit) {
  if (fit.options.residual_loss.kind != ResidualKind::squared) return "";
  if (!fit.profile.left_out.empty())
    return fmt::format("  profile    no interval: {}\n", fit.profile.left_out);
  return fmt::format(
      "  profile    for independent normal errors of {}; t with {} degrees of freedom\n",
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
  return fmt::format(", the limit of --effort {}", fit.options.effort);
}

// Of what the search came by after its own starts.
std::string later_ends(const SearchReport& search) {
  if (search.num_later == 0) return "";
  return fmt::format(", and {} of the points searched on from later", search.num_later);
}

std::string search_lines(const RunTable& runs, const FitResult& fit) {
  const SearchReport& search = fit.search;
  std::string out = fmt::format("  search     {}", search.method);
  if (search.num_starts > 0)
    out += fmt::format(": {} of {} starts end here{}{}", search.num_agreeing, search.num_starts,
                       later_ends(search), how_far(fit));
  out += "\n";
  out += fmt::format("  engine     {}: {}\n", search.device, search.device_reason);
  const BootstrapReport& bootstrap = fit.bootstrap;
  if (bootstrap.num_resamples > 0) {
    out += fmt::format(
        "  bootstrap  {} {} resampled{}; {} of {} fits proved converged{}{}{}\n",
        bootstrap.num_units, bootstrap.by_run ? "runs" : "rows",
        bootstrap.by_run ? "" : ", treated as independent",
        bootstrap.num_resamples - bootstrap.num_not_converged - bootstrap.num_degenerate,
        bootstrap.num_resamples, clause(bootstrap.num_flat, "on a level face"),
        clause(bootstrap.num_degenerate, "with too few rows drawn"),
        clause(bootstrap.num_at_bound, "at a bound"));
    if (bootstrap.num_not_converged > 0)
      out += fmt::format("             {}\n", lost_text(lost_refits(runs, fit)));
  }
  return out + profile_line(runs, fit) + "\n";
}

std::string exponent_text(const char* name, const Estimate& estimate) {
  std::string out = fmt::format("{} ~ C^{:.4f}", name, estimate.value);
  if (estimate.interval)
    out += fmt::format(" ({:.3f} .. {:.3f})", estimate.interval->lower, estimate.interval->upper);
  return out;
}

// A budget as a multiple of the largest run's.
std::string multiple_text(double factor) { return fmt::format("{:.3g}", factor); }

std::string optimum_table(const FitResult& fit) {
  if (fit.law->optimum == nullptr) return "";
  if (withholds_optima(fit))
    return fmt::format("  optimum    not given: {}\n\n", status_sentence(fit.status));
  if (!std::isfinite(fit.N_exponent.value)) return "  optimum    none inside the law's range\n\n";
  std::string out = fmt::format("  optimum    {},  {}\n", exponent_text("N", fit.N_exponent),
                                exponent_text("D", fit.D_exponent));
  out += fmt::format("  {:<10} {:<23} {:<23} {:<19} {:<8} {}\n", "C, FLOP", "N, parameters",
                     "D, tokens", "D / N", "loss", "C / max C");
  for (const OptimumEstimate& at : fit.optima) {
    if (!at.interior) {
      out += fmt::format("  {:<10} no optimum inside the law's range\n", flops_text(at.C));
      continue;
    }
    out += fmt::format("  {:<10} {:<23} {:<23} {:<19} {:<8} {}\n", flops_text(at.C),
                       estimate_text(at.N, count_text), estimate_text(at.D, count_text),
                       estimate_text(at.tokens_per_param, ratio_text), loss_text(at.L.value),
                       multiple_text(at.extrapolation));
  }
  return out + "\n";
}

}  // namespace

std::string text_report(const RunTable& runs, const FitResult& fit) {
  std::string out = head(runs, fit) + params_table(fit, kWidth) + objective_line(runs, fit) +
                    search_lines(runs, fit) + optimum_table(fit);
  return escaped(out + warning_lines(fit));
}

std::string warning_lines(const FitResult& fit) {
  std::string out;
  if (fit.status != Status::converged)
    out += wrapped(fmt::format("status: {}", status_sentence(fit.status)), 2, kWidth);
  for (const Warning& warning : fit.warnings) out += wrapped(warning_line(warning), 2, kWidth);
  return out;
}

}  // namespace isoloss
