// The quantities of a run and THE table of their names.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// What a column may hold. Numbers come first, run is a label.
enum class Quantity : std::size_t { params, tokens, flops, loss, weights, run };
inline constexpr std::size_t kNumQuantities = 6;
inline constexpr std::array kNumericQuantities{Quantity::params, Quantity::tokens, Quantity::flops,
                                               Quantity::loss, Quantity::weights};

inline constexpr std::size_t index_of(Quantity quantity) {
  return static_cast<std::size_t>(quantity);
}

// "params", and "params (N)" for sentences.
const char* quantity_name(Quantity quantity);
std::string quantity_title(Quantity quantity);

// The quantity called exactly `name` or by its symbol: "params" or "N". weights has no symbol.
std::optional<Quantity> quantity_called(std::string_view name);

// The names under which files have a quantity.
struct QuantityNames {
  const char* name;
  const char* symbol;
  std::vector<std::string_view> others;  // as plain_name() gives them; of a run the best one first
};

const QuantityNames& names_of(Quantity quantity);

// Whether the header is the quantity's name or symbol, in any spelling that plain_name() equates.
bool is_short_name(Quantity quantity, std::string_view header);

}  // namespace isoloss
