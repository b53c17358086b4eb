// Memory whose size the user's question sets.

#pragma once

#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace isoloss {

// Not to be had: exit code 70, like what nobody foresaw, but with how much was asked for what.
class OutOfMemory : public std::runtime_error {
 public:
  OutOfMemory(std::size_t num, std::size_t bytes_each, const std::string& what);
};

// `num` elements; `what` is what one of them is, "resample".
template <class T>
std::vector<T> room_for(std::size_t num, const std::string& what) {
  try {
    return std::vector<T>(num);
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(num, sizeof(T), what);
  }
}

}  // namespace isoloss
