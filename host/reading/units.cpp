#include "host/reading/units.h"

#include <fmt/format.h>

#include <numbers>

#include "host/base/error.h"
#include "host/base/number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr const char* kUnits =
    "units are loss=nats, loss=bits, loss=bpb:BYTES_PER_TOKEN, loss=bpc:CHARACTERS_PER_TOKEN, and "
    "k, M, B or T for params, tokens and flops";

[[noreturn]] void refuse(const std::string& quantity, const std::string& unit,
                         const std::string& why) {
  throw InputError("", 0, "",
                   fmt::format("--unit {}={}: {}", printable(quantity), printable(unit), why),
                   kUnits);
}

double loss_factor(const std::string& unit) {
  const auto colon = unit.find(':');
  const std::string name = unit.substr(0, colon);
  const bool has_ratio = colon != std::string::npos;
  if (name == "nats" && !has_ratio) return 1;
  if (name == "bits" && !has_ratio) return std::numbers::ln2;
  if (name != "bpb" && name != "bpc") refuse("loss", unit, "no such unit");
  const Number ratio = parse_number(has_ratio ? unit.substr(colon + 1) : "");
  if (ratio.kind != Number::Kind::value || ratio.value <= 0) {
    refuse("loss", unit, fmt::format("{0} needs a positive ratio, such as {0}:4.5", name));
  }
  return ratio.value * std::numbers::ln2;
}

bool is_count(Quantity quantity) {
  return is_size(quantity) || quantity == Quantity::unique_tokens;
}

double count_factor(const std::string& quantity, const std::string& unit) {
  const Number number = parse_number("1" + unit);
  const bool is_suffix = unit.size() == 1 && unit.find_first_of("0123456789.") == std::string::npos;
  if (!is_suffix || number.kind != Number::Kind::value) refuse(quantity, unit, "no such unit");
  return number.value;
}

}  // namespace

FileUnits parse_units(const ReadOptions& options) {
  FileUnits units;
  units.factor.fill(1);
  for (const auto& [key, unit] : options.unit) {
    const auto quantity = quantity_called(key);
    const bool is_loss = quantity == Quantity::loss;
    if (!is_loss && (!quantity || !is_count(*quantity))) {
      refuse(key, unit, "no quantity with a unit");
    }
    units.factor[index_of(*quantity)] = is_loss ? loss_factor(unit) : count_factor(key, unit);
  }
  return units;
}

}  // namespace isoloss
