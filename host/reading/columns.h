// What is read of a file, and where in its header each stands.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/reading/quantity_names.h"

namespace isoloss {

struct Column {
  std::string name;   // "params", or of a header that is read under its own name that name
  std::string title;  // "params (N)", for sentences
  std::optional<std::size_t> position;  // in the header; none: not in the file, or derived
  bool asked_for = false;               // the user named its header
  bool is_read = false;                 // its values go to the RunTable and must be sound
  double scale = 1;                     // of its numbers, as its header says: "Tokens (B)"
  bool positive = true;                 // sound means > 0; else any finite number
};

// The quantities of the table by their index, then headers that are read under their own names: a
// formula's inputs and the response that --response names.
class Columns {
 public:
  Columns();

  // Adds a header that is read under its own name.
  Quantity add(const std::string& name);

  Column& at(Quantity quantity) { return all_[index_of(quantity)]; }
  const Column& at(Quantity quantity) const { return all_[index_of(quantity)]; }
  std::optional<std::size_t> operator[](Quantity quantity) const { return at(quantity).position; }

  // The one called exactly `name` or, of the table, by its symbol.
  std::optional<Quantity> called(std::string_view name) const;

  // Whether a row has it: in a column, or through C = k N D.
  bool is_there(Quantity quantity) const;

  // The numbers that are read, in order.
  std::vector<Quantity> numbers() const;

  // What the law predicts.
  Quantity response = Quantity::loss;

 private:
  std::vector<Column> all_;
};

}  // namespace isoloss
