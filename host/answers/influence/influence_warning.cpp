#include "host/answers/influence/influence_warning.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
  return is_of_one ? fmt::format("{} ({}, {} {})", group.label, printable(runs.path),
                                 places.size() == 1 ? "line" : "lines", listed(places))
                   : fmt::format("{} ({})", group.label, listed(places));
}

// That which leaves the interval of the rest by most. Groups that hold much of what the runs tell
// move an estimate far by chance, and then that interval is as wide.
std::optional<std::size_t> decided_quantity(const Without& without) {
  if (std::isinf(without.times()) && without.status == Status::not_identifiable)
    return without.most;
  std::optional<std::size_t> out;
  double most = threshold_of<"decisive_runs">;
  for (std::size_t k = 0; k < without.moved.size(); ++k) {
    if (!(without.moved[k].times_of_rest > most)) continue;
    most = without.moved[k].times_of_rest;
    out = k;
  }
  return out;
}

}  // namespace

std::string quantity_text(const AskedQuantity& asked, double value) {
  if (!std::isfinite(value)) return "none";
  return asked.is_count ? count_text(value) : number_text(value);
}

std::string movement_text(const Influence& of, const Without& without, std::size_t quantity) {
  if (!without.failure.empty()) return "there is no fit";
  if (without.status == Status::not_identifiable)
    return "the runs cannot tell the parameters apart";
  const AskedQuantity& asked = of.quantities[quantity];
  return fmt::format("{} is {} and not {}", printable(asked.name),
                     quantity_text(asked, without.moved[quantity].value),
                     quantity_text(asked, asked.own.value));
}

std::optional<Warning> decisive_runs(const Influence& of) {
  std::vector<std::string> named;
  for (const Without& own : of.without)
    if (const auto quantity = decided_quantity(own))
      named.push_back(fmt::format("without {}, {}", named_group(of.made->runs, own.group),
                                  movement_text(of, own, *quantity)));
  if (named.empty()) return {};
  const std::size_t num_more = named.size() - std::min(named.size(), kMostNamed);
  named.resize(named.size() - num_more);
  if (num_more > 0) named.push_back(fmt::format("and {} more", num_more));
  return warning<"decisive_runs">(fmt::join(named, "; "));
}

}  // namespace isoloss
