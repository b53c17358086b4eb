#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/asked_quantities.h"
#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"

namespace isoloss {
namespace {

bool is_shown(IntervalMethod method, const FitResult& fit) {
  const std::vector<IntervalMethod>& asked = fit.options.intervals;
  return method == IntervalMethod::percentile ||
         std::find(asked.begin(), asked.end(), method) != asked.end();
}

std::string end_text(const AskedQuantity& asked, double x) {
  return asked.is_count && x >= 0 ? count_text(x) : number_text(x);
}

}  // namespace

Table intervals_table(const FitResult& fit) {
  Table out{{{"quantity"},
             {"method"},
             right({confidence_text(fit.options.confidence) + " interval"}),
             right({"width"})}};
  for (const AskedQuantity& asked : asked_quantities(fit))
    for (const IntervalMethod method : kIntervalMethods) {
      const auto own = interval_of(method, asked, fit);
      if (!own || !is_shown(method, fit)) continue;
      out.rows.push_back(
          {asked.name,
           std::string(name_of(method)),
           {fmt::format("{} .. {}", end_text(asked, own->lower), end_text(asked, own->upper)),
            Estimate{NAN, {}, own}},
           {end_text(asked, own->upper - own->lower), own->upper - own->lower}});
    }
  return out;
}

}  // namespace isoloss
