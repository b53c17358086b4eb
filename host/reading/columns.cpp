#include "host/reading/columns.h"

#include <algorithm>

namespace isoloss {

Columns::Columns() {
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    all_.push_back({std::string(quantity_name(quantity)), quantity_title(quantity), {}});
  }
}

Quantity Columns::add(const std::string& name) {
  all_.push_back({name, name, {}});
  return static_cast<Quantity>(all_.size() - 1);
}

std::optional<Quantity> Columns::called(std::string_view name) const {
  if (const auto known = quantity_called(name)) return known;
  for (std::size_t i = kNumQuantities; i < all_.size(); ++i) {
    if (all_[i].name == name) return static_cast<Quantity>(i);
  }
  return {};
}

bool Columns::is_there(Quantity quantity) const {
  if (at(quantity).position) return true;
  const auto has = [&](Quantity size) { return size == quantity || at(size).position; };
  return is_size(quantity) && std::all_of(kSizes.begin(), kSizes.end(), has);
}

std::vector<Quantity> Columns::numbers() const {
  std::vector<Quantity> numbers;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const auto quantity = static_cast<Quantity>(i);
    if (all_[i].is_read && quantity != Quantity::run) numbers.push_back(quantity);
  }
  return numbers;
}

}  // namespace isoloss
