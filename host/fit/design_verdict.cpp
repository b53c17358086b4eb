#include "host/fit/design_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/fit_checks.h"
#include "host/fit/identifiability.h"
#include "host/laws/joint_law.h"

namespace isoloss {
namespace {

// What would tell the parameters apart.
std::string design_advice(const LawEntry& law) {
  if (law.num_inputs() == 2 && law.reads(Input::N) && law.reads(Input::D))
    return "add runs that vary model size and tokens independently";
  std::vector<std::string> symbols;
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) symbols.push_back(printable(input.symbol));
  if (symbols.size() < law.inputs.size())
    return "add runs whose learning rate falls otherwise, or hold a parameter with ``fix``";
  if (symbols.size() == 1)
    return fmt::format("add runs over a wider range of {}, or hold a parameter with ``fix``",
                       symbols[0]);
  const std::string last = symbols.back();
  symbols.pop_back();
  return fmt::format("add runs that vary {} and {} independently, or hold a parameter with ``fix``",
                     listed(symbols), last);
}

// A share that rises is one less a share that falls.
std::string rising_advice(const RunTable& runs) {
  const auto [least, most] = std::minmax_element(runs.loss.begin(), runs.loss.end());
  const std::string name = printable(runs.response);
  if (*least >= 0 && *most <= 1)
    return fmt::format("a law that falls fits 1 - {}: give it a column of its own", name);
  return "choose a law that rises, or write one: ``law`` 'c*N^p'";
}

// One of a group is held in none but all of them; they can share it.
std::string hold_advice(const std::string& name) {
  if (const auto param = param_of_group(name)) return fmt::format("``share`` {}", *param);
  return fmt::format("hold one with ``fix`` {}=VALUE", name);
}

// `fault` is what stands out in the design: its remedy is known. So it is where a parameter is at
// its bound, for there the law may be flat and tell nothing of other runs.
std::string advice_of(const RunTable& runs, const FitResult& fit, const std::string& fault) {
  const Remedy& remedy = fit.identifiability.remedy;
  if (response_rises(runs, *fit.law)) return rising_advice(runs);
  bool is_at_bound = false;
  for (std::size_t k = 0; k < fit.params.size(); ++k)
    is_at_bound |= fit.params[k].at_bound && !trades_off(fit.identifiability, k);
  if (!fault.empty() || is_at_bound) return design_advice(*fit.law);
  const std::string hold =
      fit.identifiability.trade_off.empty()
          ? "hold a parameter with ``fix``"
          : hold_advice(
                fit.law->params[static_cast<std::size_t>(fit.identifiability.trade_off[0])].name);
  if (remedy.kind == Remedy::Kind::none) return "no runs would separate them: " + hold;
  if (remedy.input < 0 || fit.law->num_inputs() < 2) return design_advice(*fit.law);
  const std::string symbol =
      printable(fit.law->inputs[static_cast<std::size_t>(remedy.input)].symbol);
  if (fit.law->num_inputs() == 2 && fit.law->reads(Input::N) && fit.law->reads(Input::D))
    return design_advice(*fit.law);
  return remedy.kind == Remedy::Kind::vary
             ? fmt::format("add runs that vary {} independently of the rest, or {}", symbol, hold)
             : fmt::format("add runs over a wider range of {}, or {}", symbol, hold);
}

// "b and m trade off exactly"; empty if nothing does.
std::string trade_off_text(const FitResult& fit) {
  const Identifiability& own = fit.identifiability;
  std::vector<std::string> names;
  for (const int k : own.trade_off)
    names.push_back(printable(fit.law->params[static_cast<std::size_t>(k)].name));
  if (names.empty()) return "";
  if (names.size() == 1) return fmt::format("{} has no effect on these runs", names[0]);
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} and {} trade off{}", listed(names), last,
                     std::isfinite(own.condition) ? "" : " exactly");
}

std::string condition_text(double condition) {
  return std::isfinite(condition) ? fmt::format(" (condition number {:.2g})", condition) : "";
}

}  // namespace

const char* verdict_name(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::weak:
      return code_of<"weakly_identifiable">.data();
    case VerdictKind::open:
      return code_of<"not_identifiable">.data();
    case VerdictKind::exact_fit:
      return "exact_fit";
    case VerdictKind::too_few_runs:
      return "too_few_runs";
    default:
      return "identifiable";
  }
}

DesignVerdict verdict_of(const RunTable& runs, const FitResult& fit) {
  const std::string fault = design_fault(runs, *fit.law);
  const double condition = fit.identifiability.condition;
  const bool rises = response_rises(runs, *fit.law);
  const std::string trade_off = rises ? "" : trade_off_text(fit);
  if (fit.status == Status::not_identifiable)
    return {
        goes_through_any(runs.num_runs(), *fit.law) ? VerdictKind::exact_fit : VerdictKind::open,
        warning<"not_identifiable">(
            fault.empty() ? "the runs cannot tell the parameters apart" : fault,
            condition_text(condition),
            trade_off.empty() ? "only combinations of parameters mean something" : trade_off,
            advice_of(runs, fit, fault))};
  if (condition > kConditionNotIdentifiable)
    return {VerdictKind::weak,
            warning<"weakly_identifiable">(trade_off, condition_text(condition),
                                           "trust what the law predicts near the runs, and no "
                                           "single one of these parameters")};
  if (condition > kConditionWeak)
    return {VerdictKind::weak,
            warning<"weakly_identifiable">("the parameters are nearly collinear",
                                           fmt::format(" (condition number {:.0f})", condition),
                                           "trust predictions near the runs more than single "
                                           "parameters")};
  if (rises)
    return {VerdictKind::identifiable, warning<"response_rises">(fault, rising_advice(runs))};
  return {};
}

}  // namespace isoloss
