// Memory whose size the user's question sets.

#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/base/stop.h"
#include "host/base/text.h"

namespace isoloss {

// Not to be had: exit code 70, like what nobody foresaw, but with how much was asked for what.
class OutOfMemory : public std::runtime_error {
 public:
  OutOfMemory(double bytes, const std::string& what);
};

// What work() gives, which asks for about so many bytes for `what`.
template <class Work>
auto with_room_for(double bytes, const std::string& what, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(bytes, what);
  }
}

inline constexpr std::size_t kAtOnce = std::size_t{1} << 16;  // elements between looks at a stop

// `num` rows of `width` elements; `what` is what a row is, "resample".
template <class T>
std::vector<T> room_for(std::size_t num, const std::string& what, std::size_t width = 1) {
  const std::size_t size = num * width;
  return with_room_for(static_cast<double>(size) * sizeof(T), counted(num, what), [&] {
    std::vector<T> out;
    out.reserve(size);
    while (out.size() < size) {  // the system gives pages as they are touched
      throw_if_stopped();
      out.resize(std::min(size, out.size() + kAtOnce));
    }
    return out;
  });
}

}  // namespace isoloss
