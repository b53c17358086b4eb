#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/asked_quantities.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"

namespace isoloss {
namespace {

std::string end_text(const AskedQuantity& asked, double x) {
  if (std::isinf(x)) return "unbounded";
  return asked.is_count && x >= 0 ? count_text(x) : number_text(x);
}

Cells row_of(const MethodInterval& own) {
  const Interval& interval = own.interval;
  const double width = interval.upper - interval.lower;
  Cells out{own.asked.name,
            std::string(name_of(own.method)),
            {fmt::format("{} .. {}", end_text(own.asked, interval.lower),
                         end_text(own.asked, interval.upper)),
             Estimate{NAN, {}, interval}}};
  if (std::isfinite(width)) out.push_back({end_text(own.asked, width), width});
  return out;
}

std::string percent_range(double least, double most) {
  const std::string from = fmt::format("{:.1f}", 100 * least),
                    to = fmt::format("{:.1f}", 100 * most);
  return from == to ? from + "%" : fmt::format("{} to {}%", from, to);
}

// What simulated sets tell of the percentile intervals.
std::string calibration_sentence(const Calibration& own, double confidence) {
  double least = 1, most = 0;
  for (const Calibration::Quantity& quantity : own.quantities) {
    least = std::fmin(least, quantity.coverage.value_or(1));
    most = std::fmax(most, quantity.coverage.value_or(0));
  }
  const std::string of = own.num_sets == own.num_asked ? "" : fmt::format("{} of ", own.num_sets);
  return fmt::format(
      "calibrated: in {}{} sets simulated at the fit with its residuals, {} refits each, "
      "percentile "
      "intervals hold the fit in {}; these are between the draws that hold it in {}",
      of, own.num_asked, own.num_resamples, percent_range(least, most),
      confidence_text(confidence));
}

// Names of the quantities that a method gives nothing for. Linearised ones are of parameters alone.
std::vector<std::string> without(IntervalMethod method, const FitResult& fit) {
  std::vector<std::string> out;
  for (const AskedQuantity& asked : asked_quantities(fit)) {
    const bool is_of_it = method != IntervalMethod::linearised || asked.param != nullptr;
    if (is_of_it && std::isfinite(asked.own.value) && !interval_of(method, asked, fit))
      out.push_back(asked.name);
  }
  return out;
}

std::string lack_sentence(IntervalMethod method, bool has_any, const FitResult& fit) {
  if (!has_any) return fmt::format("{}: none; it needs {}", name_of(method), needs_of(method));
  const std::vector<std::string> names = without(method, fit);
  if (names.empty()) return "";
  return fmt::format("{}: none of {}", name_of(method), listed(names));
}

}  // namespace

Section intervals_section(const FitResult& fit) {
  Table table{{{"quantity"},
               {"method"},
               right({confidence_text(fit.options.confidence) + " interval"}),
               right({"width"})}};
  const std::vector<MethodInterval> all = asked_intervals(fit);
  for (const MethodInterval& own : all) table.rows.push_back(row_of(own));
  Section out{"Intervals by method", {}, true};
  if (!all.empty()) out.blocks.emplace_back(table);
  const auto has_method = [&](IntervalMethod method) {
    return std::any_of(all.begin(), all.end(),
                       [&](const MethodInterval& own) { return own.method == method; });
  };
  if (fit.bootstrap.withheld) {
    out.blocks.emplace_back(Note{"none: " + fit.bootstrap.withheld_reason, 2, 2});
    return out;
  }
  for (const IntervalMethod method : fit.options.intervals) {
    const std::string lack = lack_sentence(method, has_method(method), fit);
    if (!lack.empty()) out.blocks.emplace_back(Note{lack, 2, 2});
  }
  if (fit.calibration && fit.calibration->num_sets > 0)
    out.blocks.emplace_back(
        Note{calibration_sentence(*fit.calibration, fit.options.confidence), 2, 2});
  return out;
}

}  // namespace isoloss
