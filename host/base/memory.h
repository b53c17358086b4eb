// Memory whose size the user's question sets.

#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/base/stop.h"

namespace isoloss {

// Not to be had: exit code 70, like what nobody foresaw, but with how much was asked for what.
class OutOfMemory : public std::runtime_error {
 public:
  OutOfMemory(std::size_t num, std::size_t bytes_each, const std::string& what);
};

inline constexpr std::size_t kAtOnce = std::size_t{1} << 16;  // elements between looks at a stop

// `num` elements; `what` is what one of them is, "resample".
template <class T>
std::vector<T> room_for(std::size_t num, const std::string& what) {
  try {
    std::vector<T> out;
    out.reserve(num);
    while (out.size() < num) {  // the system gives pages as they are touched
      throw_if_stopped();
      out.resize(std::min(num, out.size() + kAtOnce));
    }
    return out;
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(num, sizeof(T), what);
  }
}

}  // namespace isoloss
