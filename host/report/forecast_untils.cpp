#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/forecast_parts.h"

namespace isoloss {
namespace {

Table years_at_shares(const Forecast& got) {
  Table out{{{"until"}}};
  for (const double share : kUntilShares)
    out.columns.push_back({fmt::format("{:g}%", 100 * share)});
  out.columns.push_back({"by " + whole_year(got, got.question.assumptions.num_years)});
  out.columns.push_back({"never"});
  for (const UntilYears& own : got.untils) {
    Cells row{until_text(own)};
    for (const double years : *own.at_shares) row.push_back(happens_in(got, years));
    for (const double share : {*own.share_by_end, *own.share_never})
      row.push_back({share_text(share), share});
    out.rows.push_back(std::move(row));
  }
  return out;
}

Table stated_years(const Forecast& got) {
  Table out{{{"until"}, {"year"}}};
  for (const UntilYears& own : got.untils)
    out.rows.push_back({until_text(own), happens_in(got, own.stated)});
  return out;
}

}  // namespace

Cell happens_in(const Forecast& got, double years) {
  std::string text = years == 0 ? "by " + whole_year(got, 0) : year_text(got, years);
  if (std::isinf(years)) text = "never";
  return {text, got.question.from.value_or(0) + years};
}

std::string until_text(const UntilYears& own) {
  switch (own.until.kind) {
    case UntilKind::loss: {
      const char* seen = own.seen == TokensSeen::as_best ? ""
                         : own.seen == TokensSeen::once  ? ", each once"
                                                         : ", repeated";
      return fmt::format("loss {:g}{}", own.until.value, seen);
    }
    case UntilKind::compute:
      return fmt::format("compute {} FLOP", flops_text(own.until.value));
    case UntilKind::params:
      return fmt::format("N of {}", count_text(own.until.value));
    case UntilKind::tokens:
      return fmt::format("D of {}", count_text(own.until.value));
    case UntilKind::stock:
      break;
  }
  return "D of the stock";
}

Section forecast_untils(const Forecast& got) {
  const bool has_samples = got.num_samples > 0;
  const std::string what = has_samples ? "the year by which it happens in so many of the samples"
                                       : "the year in which it happens";
  return {"When",
          {Note{fmt::format("{}; never: not within {} years", what, kMostYears), 2, 2},
           has_samples ? years_at_shares(got) : stated_years(got)}};
}

}  // namespace isoloss
