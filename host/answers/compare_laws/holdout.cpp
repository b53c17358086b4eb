#include "host/answers/compare_laws/holdout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/base/value_groups.h"

namespace isoloss {
namespace {

constexpr std::pair<HoldoutKind, std::string_view> kHoldoutKinds[] = {
    {HoldoutKind::beyond, "beyond"}, {HoldoutKind::top, "top"}, {HoldoutKind::each, "each"}};
constexpr double kRounding = 1e-9;  // of one over a share
constexpr double kDefaultShares[] = {1.0 / 3, 1.0 / 10, 1.0 / 30};

[[noreturn]] void refuse_holdout(std::string_view text) {
  throw InputError("", 0, "", fmt::format("{} is no way to hold runs out", shown(text)),
                   "write beyond-compute:1/10, top-params:20% or each-params");
}

double positive(std::string_view text) {
  const Number number = parse_number(text);
  return number.kind == Number::Kind::value && number.value > 0 ? number.value : NAN;
}

// "0.1", "10%" or "1/10"; NaN for what is no share.
double share_of(std::string_view text) {
  double divisor = 1;
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    divisor = 100;
  } else if (const std::size_t slash = text.find('/'); slash != text.npos) {
    divisor = positive(text.substr(slash + 1));
    text = text.substr(0, slash);
  }
  return positive(text) / divisor;
}

const std::vector<double>& values_of(const RunTable& runs, const std::string& quantity) {
  const std::string name = quantity == "compute" ? "flops" : quantity;
  const auto further = runs.further.find(name);
  if (further != runs.further.end()) return further->second;
  if (name == "params" && !runs.params.empty()) return runs.params;
  if (name == "tokens" && !runs.tokens.empty()) return runs.tokens;
  if (name == "flops" && !runs.flops.empty()) return runs.flops;
  throw InputError(runs.path, 0, "",
                   fmt::format("no law that is compared reads {}", shown(quantity)),
                   "hold out by what the laws read, or by run");
}

std::string text_of(const std::string& quantity, double value) {
  if (quantity == "compute") return flops_text(value) + " FLOP";
  if (quantity == "params" || quantity == "tokens") return count_text(value);
  return number_text(value);
}

// Place of each run's group, and the groups' labels in order.
struct HeldGroups {
  std::vector<std::size_t> of_run;
  std::vector<std::string> labels;
};

HeldGroups groups_by_label(const std::vector<std::string>& names) {
  HeldGroups out;
  std::map<std::string, std::size_t> place;
  for (const std::string& name : names) {
    const auto [at, is_new] = place.emplace(name, out.labels.size());
    if (is_new) out.labels.push_back(printable(name));
    out.of_run.push_back(at->second);
  }
  return out;
}

HeldGroups groups_by_size(const std::string& quantity, const std::vector<double>& values) {
  const ValueGroups found = groups_by_value(values, kSameGroup);
  HeldGroups out{found.of_value, {}};
  for (const double least : found.least) out.labels.push_back(text_of(quantity, least));
  return out;
}

HeldGroups groups_of(const RunTable& runs, const std::string& quantity) {
  if (quantity != "run") return groups_by_size(quantity, values_of(runs, quantity));
  if (runs.run.empty())
    throw InputError(runs.path, 0, "", "no column tells runs apart, so none can be held out",
                     "``group`` COLUMN names one, or hold out each-params");
  return groups_by_label(runs.run);
}

std::vector<Fold> folds_of_each(const RunTable& runs, const std::string& quantity) {
  const HeldGroups groups = groups_of(runs, quantity);
  if (groups.labels.size() < 2)
    throw InputError(runs.path, 0, "",
                     fmt::format("all runs have one {}: none is left to fit", shown(quantity)),
                     "hold out by something that varies");
  std::vector<Fold> out(groups.labels.size());
  for (std::size_t g = 0; g < out.size(); ++g) {
    out[g].label = fmt::format("{} {}", quantity, groups.labels[g]);
    for (std::size_t i = 0; i < groups.of_run.size(); ++i)
      (groups.of_run[i] == g ? out[g].held_out : out[g].fitted).push_back(i);
  }
  return out;
}

// The largest value that is still fitted.
double threshold_of_split(const Holdout& holdout, const std::vector<double>& values) {
  if (holdout.kind == HoldoutKind::beyond)
    return holdout.share * *std::max_element(values.begin(), values.end());
  const std::vector<std::size_t> order = ascending(values);
  const double num_fitted = std::floor((1 - holdout.share) * static_cast<double>(values.size()));
  return num_fitted < 1 ? -INFINITY : values[order[static_cast<std::size_t>(num_fitted) - 1]];
}

Fold split(const RunTable& runs, const Holdout& holdout) {
  const std::vector<double>& values = values_of(runs, holdout.quantity);
  const double threshold = threshold_of_split(holdout, values);
  Fold out;
  double largest = -INFINITY;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] <= threshold) largest = std::fmax(largest, values[i]);
    (values[i] <= threshold ? out.fitted : out.held_out).push_back(i);
  }
  if (out.fitted.empty() || out.held_out.empty())
    throw InputError(runs.path, 0, "",
                     fmt::format("{} leaves {} of {} runs to fit", holdout.text(),
                                 out.fitted.size(), values.size()),
                     "hold out by something that varies, or another share");
  out.at = text_of(holdout.quantity, largest);
  out.label = fmt::format("{} above {}", holdout.quantity, out.at);
  for (const std::size_t i : out.held_out) out.times.push_back(values[i] / largest);
  return out;
}

}  // namespace

std::string Holdout::text() const {
  const auto* own = std::find_if(std::begin(kHoldoutKinds), std::end(kHoldoutKinds),
                                 [&](const auto& of) { return of.first == kind; });
  const std::string head = fmt::format("{}-{}", own->second, quantity);
  if (kind == HoldoutKind::each) return head;
  if (kind == HoldoutKind::top) return fmt::format("{}:{:.3g}%", head, 100 * share);
  const double divisor = 1 / share;
  const bool is_whole = std::fabs(divisor - std::round(divisor)) < kRounding * divisor;
  return is_whole ? fmt::format("{}:1/{:.0f}", head, divisor) : fmt::format("{}:{:g}", head, share);
}

Holdout parse_holdout(std::string_view text) {
  for (const auto& [kind, name] : kHoldoutKinds) {
    if (!text.starts_with(name) || text.substr(name.size(), 1) != "-") continue;
    std::string_view rest = text.substr(name.size() + 1);
    const std::size_t colon = rest.rfind(':');
    if ((colon == rest.npos) != (kind == HoldoutKind::each)) break;
    Holdout out{kind, std::string(rest.substr(0, colon)), 0};
    if (out.quantity == "flops") out.quantity = "compute";
    if (out.quantity.empty()) break;
    if (kind == HoldoutKind::each) return out;
    out.share = share_of(rest.substr(colon + 1));
    if (!(out.share > 0 && out.share < 1)) break;
    return out;
  }
  refuse_holdout(text);
}

double parse_share(std::string_view text) {
  const double out = share_of(text);
  if (out > 0 && out < 1) return out;
  throw InputError("", 0, "", fmt::format("{} is no share of the largest", shown(text)),
                   "write 1/10, 10% or 0.1");
}

std::vector<Fold> folds_of(const RunTable& runs, const Holdout& holdout) {
  if (holdout.kind == HoldoutKind::each) return folds_of_each(runs, holdout.quantity);
  return {split(runs, holdout)};
}

std::vector<Holdout> default_holdouts(const RunTable& runs, const std::string& quantity,
                                      std::size_t fewest) {
  const std::vector<double>& values = values_of(runs, quantity);
  const double largest = *std::max_element(values.begin(), values.end());
  std::vector<Holdout> out;
  for (const double share : kDefaultShares) {
    const auto num = static_cast<std::size_t>(std::count_if(
        values.begin(), values.end(), [&](double value) { return value <= share * largest; }));
    if (num >= fewest && num < values.size()) out.push_back({HoldoutKind::beyond, quantity, share});
  }
  return out;
}

}  // namespace isoloss
