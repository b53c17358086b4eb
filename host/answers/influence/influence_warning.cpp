#include "host/answers/influence/influence_warning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostNamed = 3;

// With file and line, or lines.
std::string named_group(const RunTable& runs, const RowGroup& group) {
  const bool is_of_one = runs.parts.empty();
  if (group.kind == LeaveOut::row)
    return is_of_one ? printable(runs.path) + ", " + group.label : group.label;
  std::vector<std::string> places;
  for (const std::size_t i : group.rows)
    places.push_back(is_of_one ? std::to_string(runs.line[i]) : runs.place_of(i));
  return is_of_one
             ? fmt::format("{} ({}, lines {})", group.label, printable(runs.path), listed(places))
             : fmt::format("{} ({})", group.label, listed(places));
}

}  // namespace

std::string quantity_text(const AskedQuantity& asked, double value) {
  if (!std::isfinite(value)) return "none";
  return asked.is_count ? count_text(value) : number_text(value);
}

std::string movement_text(const Influence& of, const Without& without) {
  if (!without.failure.empty()) return "there is no fit";
  if (without.status == Status::not_identifiable)
    return "the runs cannot tell the parameters apart";
  const AskedQuantity& most = of.quantities[without.most];
  return fmt::format("{} is {} and not {}", printable(most.name),
                     quantity_text(most, without.moved[without.most].value),
                     quantity_text(most, most.own.value));
}

std::optional<Warning> decisive_runs(const Influence& of) {
  const auto num = static_cast<std::size_t>(std::count_if(
      of.without.begin(), of.without.end(),
      [](const Without& own) { return own.times() > threshold_of<"decisive_runs">; }));
  if (num == 0) return {};
  std::string named;
  for (std::size_t i = 0; i < std::min(num, kMostNamed); ++i)
    named += fmt::format("{}without {} {}", i == 0 ? "" : "; ",
                         named_group(of.made->runs, of.without[i].group),
                         movement_text(of, of.without[i]));
  if (num > kMostNamed) named += fmt::format("; and {} more", num - kMostNamed);
  return warning<"decisive_runs">(named);
}

}  // namespace isoloss
