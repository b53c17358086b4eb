// Device memory and the address space. An allocation has four gigabytes of addresses of its own, so
// that an index too far never lands in another one. Device addresses are no host addresses.

#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/ptx_on_cpu/runtime/types.h"

namespace isoloss::ptx {

enum class Space { generic, param_space, shared_space, local_space, global_space, const_space };

inline constexpr u32 kAddressBits = 32;  // within an allocation or a window
inline constexpr u64 kSharedWindow = 1;
inline constexpr u64 kLocalWindow = 2;
inline constexpr u64 kFirstAllocation = 16;

// Where the addresses of a space begin among the generic ones.
constexpr u64 window(Space space) {
  return space == Space::shared_space  ? kSharedWindow << kAddressBits
         : space == Space::local_space ? kLocalWindow << kAddressBits
                                       : 0;
}

constexpr Space space_of(u64 generic_address) {
  const u64 upper = generic_address >> kAddressBits;
  return upper == kSharedWindow  ? Space::shared_space
         : upper == kLocalWindow ? Space::local_space
                                 : Space::global_space;
}

struct ModuleVariable {
  std::string name;
  std::size_t num_bytes;
  std::vector<u8> bytes;  // initial value; empty: zeros
};
using ModuleVariables = std::vector<ModuleVariable>;

class Memory {
 public:
  // Fresh memory is all ones, which is NaN: what no one wrote shows in results.
  template <class T>
  T* allocate(std::size_t count) {
    return pointer<T>(new_allocation(std::vector<std::byte>(count * sizeof(T), std::byte{0xFF})));
  }

  template <class T>
  T* copy_in(std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    return pointer<T>(new_allocation({bytes.begin(), bytes.end()}));
  }
  template <class T>
  T* copy_in(const std::vector<T>& values) {
    return copy_in(std::span<const T>(values));
  }

  template <class T>
  std::vector<T> copy_out(const T* from, std::size_t count) const {
    std::vector<T> values(count);
    std::memcpy(values.data(), host_bytes(from, count * sizeof(T)), count * sizeof(T));
    return values;
  }
  template <class T>
  void write(T* to, std::span<const T> values) {
    std::memcpy(host_bytes(to, values.size_bytes()), values.data(), values.size_bytes());
  }

  // A __device__ or __constant__ variable of a module, from the first launch that used the module.
  u64 variable(const ModuleVariables& module, std::size_t index);

  // The bytes behind an address, or null if they are not all of one allocation.
  std::byte* find(u64 address, std::size_t num_bytes) {
    const u64 slot = (address >> kAddressBits) - kFirstAllocation;
    const u64 offset = address & ((u64{1} << kAddressBits) - 1);
    if (slot >= allocations_.size() || offset + num_bytes > allocations_[slot].size())
      return nullptr;
    return allocations_[slot].data() + offset;
  }

 private:
  template <class T>
  static T* pointer(u64 address) {
    return reinterpret_cast<T*>(static_cast<std::uintptr_t>(address));
  }
  std::byte* host_bytes(const void* address, std::size_t num_bytes) const;
  u64 new_allocation(std::vector<std::byte> bytes);

  std::vector<std::vector<std::byte>> allocations_;
  std::unordered_map<const ModuleVariables*, std::vector<u64>> variables_;
};

}  // namespace isoloss::ptx
