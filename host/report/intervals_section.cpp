#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/asked_quantities.h"
#include "host/base/number_text.h"
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
  for (const IntervalMethod method : fit.options.intervals) {
    const auto is_own = [&](const MethodInterval& own) { return own.method == method; };
    if (std::none_of(all.begin(), all.end(), is_own))
      out.blocks.emplace_back(
          Note{fmt::format("{}: none; it needs {}", name_of(method), needs_of(method)), 2, 2});
  }
  return out;
}

}  // namespace isoloss
