// The quantities of a run and THE table of their names.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fits/input.h"

namespace isoloss {

// What a column may hold: the inputs of fits/input.h in their order, then what else is read of a
// run. All are numbers but run, a label. Here stand those that the program names; a header that is
// read under its own name is numbered from kNumQuantities on, see Columns.
enum class Quantity : std::size_t {
  params = static_cast<std::size_t>(Input::N),
  tokens = static_cast<std::size_t>(Input::D),
  flops = static_cast<std::size_t>(Input::C),
  unique_tokens = static_cast<std::size_t>(Input::U),
  loss = static_cast<std::size_t>(Input::L),
  lr = kNumInputs,  // the schedule's learning rate at a row's step
  weights,
  run,
};
inline constexpr std::size_t kNumQuantities = kNumInputs + 3;
// Two of them give the third.
inline constexpr std::array kSizes{Quantity::params, Quantity::tokens, Quantity::flops};

inline constexpr std::size_t index_of(Quantity quantity) {
  return static_cast<std::size_t>(quantity);
}

// Whether it is one of kSizes.
inline constexpr bool is_size(Quantity quantity) {
  return index_of(quantity) <= index_of(Quantity::flops);
}

// Whether files may have it in thousands to trillions.
inline constexpr bool is_count(Quantity quantity) {
  return is_size(quantity) || quantity == Quantity::unique_tokens;
}

// Whether laws can read it, weights and run apart.
inline constexpr bool is_input(Quantity quantity) {
  return quantity != Quantity::weights && quantity != Quantity::run;
}

// The names under which files have a quantity.
struct QuantityNames {
  std::string_view name;                 // "params"
  std::string_view symbol;               // "N"; lr, weights and run have none
  std::string_view meaning;              // "model size, parameters"; empty where the name says it
  std::vector<std::string_view> others;  // as plain_name() gives them; of a run the best one first
};

// The functions below take quantities of the table only.
const QuantityNames& names_of(Quantity quantity);

// "params", and "params (N)" for sentences.
std::string_view quantity_name(Quantity quantity);
std::string quantity_title(Quantity quantity);

// The quantity called exactly `name` or by its symbol: "params" or "N".
std::optional<Quantity> quantity_called(std::string_view name);

// Whether the header is the quantity's name or symbol, in any spelling that plain_name() equates.
bool is_short_name(Quantity quantity, std::string_view header);

// Whether it is that or one of the other usual names.
bool is_usual_name(Quantity quantity, std::string_view header);

}  // namespace isoloss
