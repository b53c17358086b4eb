#include "host/reading/units.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/option_error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr const char* kUnits =
    "units are loss=nats, loss=bits, loss=ppl, loss=bpb:BYTES_PER_TOKEN, "
    "loss=bpc:CHARACTERS_PER_TOKEN, loss=nats_per_byte:BYTES_PER_TOKEN, k, M, B, T or a number for "
    "params, tokens and flops, and log10 or log for all";

[[noreturn]] void refuse(const std::string& quantity, const std::string& unit,
                         const std::string& why) {
  const InputError error(
      "", 0, "", fmt::format("``unit`` {}={}: {}", printable(quantity), printable(unit), why),
      kUnits);
  throw OptionError(error, "unit", quantity);
}

FileUnit of_factor(double factor) { return {FileUnit::Kind::factor, factor}; }

FileUnit loss_unit(const std::string& unit) {
  const auto colon = unit.find(':');
  const std::string name = unit.substr(0, colon);
  const bool has_ratio = colon != std::string::npos;
  if (name == "nats" && !has_ratio) return of_factor(1);
  if (name == "bits" && !has_ratio) return of_factor(std::numbers::ln2);
  if ((name == "ppl" || name == "perplexity") && !has_ratio) return {FileUnit::Kind::perplexity, 1};
  const bool is_nats = name == "nats_per_byte";
  if (name != "bpb" && name != "bpc" && !is_nats) refuse("loss", unit, "no such unit");
  const Number ratio = parse_number(has_ratio ? unit.substr(colon + 1) : "");
  if (ratio.kind != Number::Kind::value || ratio.value <= 0) {
    refuse("loss", unit, fmt::format("{0} needs a positive ratio, such as {0}:4.5", name));
  }
  return of_factor(is_nats ? ratio.value : ratio.value * std::numbers::ln2);
}

// A suffix alone, or a number of what one of the file's stands for.
FileUnit count_unit(const std::string& quantity, const std::string& unit) {
  const bool is_suffix = unit.find_first_of("0123456789.") == std::string::npos;
  const Number number = parse_number(is_suffix ? "1" + unit : unit);
  if (number.kind != Number::Kind::value || number.value <= 0 || trim(unit).empty())
    refuse(quantity, unit, "no such unit");
  return of_factor(number.value);
}

FileUnit unit_of(Quantity quantity, const std::string& key, const std::string& unit) {
  if (unit == "log10") return {FileUnit::Kind::log10, 1};
  if (unit == "log" || unit == "ln") return {FileUnit::Kind::log, 1};
  return quantity == Quantity::loss ? loss_unit(unit) : count_unit(key, unit);
}

}  // namespace

double FileUnit::converted(double number) const {
  if (std::isnan(number)) return number;
  switch (kind) {
    case Kind::log10:
      return std::pow(10, number);
    case Kind::log:
      return isoloss::exp(number);
    case Kind::perplexity:
      return number > 0 ? isoloss::log(number) : -HUGE_VAL;
    default:
      return number * factor;
  }
}

FileUnits parse_units(const ReadOptions& options) {
  FileUnits units;
  for (const auto& [key, unit] : options.unit) {
    const auto quantity = quantity_called(key);
    if (quantity != Quantity::loss && (!quantity || !is_count(*quantity))) {
      refuse(key, unit, "no quantity with a unit");
    }
    FileUnit& found = units.units[index_of(*quantity)];
    found = unit_of(*quantity, key, unit);
    found.is_given = true;
  }
  return units;
}

}  // namespace isoloss
