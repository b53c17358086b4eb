// atom and red: threads run one at a time, so each is a load and a store. They return the old
// value.

#pragma once

#include <algorithm>

#include "tests/ptx_on_cpu/runtime/bit_operations.h"

namespace isoloss::ptx {

template <class T, class Update>
T update(std::byte* cell, Update new_value) {
  const T old = peek<T>(cell, 0);
  poke<T>(cell, 0, new_value(old));
  return old;
}

template <class T>
T atomic_add(std::byte* cell, T by) {
  return update<T>(cell, [&](T old) { return add(old, by); });
}
template <class T>
T atomic_min(std::byte* cell, T other) {
  return update<T>(cell, [&](T old) { return min_of(old, other); });
}
template <class T>
T atomic_max(std::byte* cell, T other) {
  return update<T>(cell, [&](T old) { return max_of(old, other); });
}
template <class T>
T atomic_and(std::byte* cell, T other) {
  return update<T>(cell, [&](T old) { return bit_and(old, other); });
}
template <class T>
T atomic_or(std::byte* cell, T other) {
  return update<T>(cell, [&](T old) { return bit_or(old, other); });
}
template <class T>
T atomic_xor(std::byte* cell, T other) {
  return update<T>(cell, [&](T old) { return bit_xor(old, other); });
}
template <class T>
T atomic_exch(std::byte* cell, T other) {
  return update<T>(cell, [&](T) { return other; });
}
template <class T>
T atomic_cas(std::byte* cell, T expected, T other) {
  return update<T>(cell, [&](T old) { return old == expected ? other : old; });
}
template <class T>
T atomic_inc(std::byte* cell, T most) {
  return update<T>(cell, [&](T old) { return old >= most ? T{0} : static_cast<T>(old + 1); });
}
template <class T>
T atomic_dec(std::byte* cell, T most) {
  return update<T>(cell,
                   [&](T old) { return old == 0 || old > most ? most : static_cast<T>(old - 1); });
}

}  // namespace isoloss::ptx
