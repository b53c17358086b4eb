#include "tests/cuda_on_cpu/pinned_memory.h"

#include <cstdlib>
#include <cstring>
#include <map>

namespace cuda_on_cpu {
namespace {

std::map<const char*, std::size_t>& pieces() {
  static std::map<const char*, std::size_t> pieces;
  return pieces;
}

}  // namespace

void* allocate_pinned(std::size_t num_bytes) {
  void* pointer = std::malloc(num_bytes);
  if (pointer == nullptr) return nullptr;
  std::memset(pointer, 0xff, num_bytes);
  pieces()[static_cast<const char*>(pointer)] = num_bytes;
  return pointer;
}

bool free_pinned(void* pointer) {
  if (pieces().erase(static_cast<const char*>(pointer)) == 0) return false;
  std::free(pointer);
  return true;
}

void free_all_pinned_memory() {
  for (const auto& [begin, num_bytes] : pieces()) std::free(const_cast<char*>(begin));
  pieces().clear();
}

int num_pinned() { return static_cast<int>(pieces().size()); }

bool is_pinned(const void* begin, std::size_t num_bytes) {
  const auto* byte = static_cast<const char*>(begin);
  auto next = pieces().upper_bound(byte);
  if (next == pieces().begin()) return false;
  const auto& [piece, piece_bytes] = *std::prev(next);
  return num_bytes <= piece_bytes && byte <= piece + (piece_bytes - num_bytes);
}

}  // namespace cuda_on_cpu
