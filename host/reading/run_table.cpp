#include "host/reading/run_table.h"

#include <stdexcept>

#include "host/reading/quantity.h"

namespace isoloss {

const std::vector<double>& RunTable::values_of(std::string_view name) const {
  const auto quantity = quantity_called(name);
  const std::string key(quantity ? quantity_name(*quantity) : name);
  if (quantity == Quantity::params && !params.empty()) return params;
  if (quantity == Quantity::tokens && !tokens.empty()) return tokens;
  if (quantity == Quantity::flops && !flops.empty()) return flops;
  const auto found = further.find(key);
  if (found == further.end()) throw std::logic_error(key + " was not read");
  return found->second;
}

}  // namespace isoloss
