#include "host/search/break_order.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

namespace isoloss {
namespace {

constexpr int kPerBreak = 3;  // slope, place, width

using Order = std::array<int, kMaxParams / kPerBreak>;

std::span<const int> order_by_place(const Breaks& breaks, const double* theta, Order& room) {
  const std::span<int> order(room.data(), static_cast<std::size_t>(breaks.num));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return theta[breaks.place(a)] < theta[breaks.place(b)]; });
  return order;
}

bool holds(const Box& box, const Theta& theta, int num_params) {
  for (int k = 0; k < num_params; ++k) {
    const auto index = static_cast<std::size_t>(k);
    if (theta[index] < box.bounds[k].lower || theta[index] > box.bounds[k].upper) return false;
  }
  return true;
}

}  // namespace

bool order_breaks(const LawEntry& law, const Box& box, double* theta) {
  if (!law.breaks) return false;
  Order room{};
  const std::span<const int> order = order_by_place(*law.breaks, theta, room);
  if (std::is_sorted(order.begin(), order.end())) return false;
  Theta out{};
  std::copy_n(theta, out.size(), out.begin());
  for (int i = 0; i < law.breaks->num; ++i)
    std::copy_n(theta + law.breaks->slope(order[static_cast<std::size_t>(i)]), kPerBreak,
                out.begin() + law.breaks->slope(i));
  if (!holds(box, out, law.num_params())) return false;
  std::copy(out.begin(), out.end(), theta);
  return true;
}

}  // namespace isoloss
