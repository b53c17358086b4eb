#include "tests/cuda_on_cpu/device_memory.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <vector>

#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/fault.h"
#include "tests/cuda_on_cpu/machine.h"
#include "tests/cuda_on_cpu/poison.h"

namespace cuda_on_cpu {
namespace {

constexpr std::size_t kAlignment = 256;  // what cudaMalloc promises
constexpr int kNan = 0xff;               // every byte: NaN in float and double, -1 in integers
constexpr int kFiller = 0xcb;            // around the data

struct Memory {
  std::map<const unsigned char*, Allocation> live;  // by data
  std::vector<Allocation> freed;                    // kept closed, so that their addresses fault
  int num_open = 0;
};

Memory& memory() {
  static Memory memory;
  return memory;
}

std::size_t round_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

std::size_t page_bytes() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

unsigned char* first_byte(const Allocation& a) { return a.map + page_bytes(); }
std::size_t body_bytes(const Allocation& a) { return a.map_bytes - 2 * page_bytes(); }

void protect(const Allocation& a, int protection) {
  if (mprotect(first_byte(a), body_bytes(a), protection) != 0) fail("mprotect failed");
}

void set_protection(int protection) {
  for (const auto& [data, a] : memory().live) protect(a, protection);
}

void fill(const Allocation& a) {
  std::memset(first_byte(a), kFiller, body_bytes(a));
  std::memset(a.data, kNan, a.num_bytes);
  poison(first_byte(a), static_cast<std::size_t>(a.data - first_byte(a)));
  poison(a.data + a.num_bytes, a.slack_bytes);
}

void check_filler(const Allocation& a) {
  const auto untouched = [](unsigned char byte) { return byte == kFiller; };
  const unsigned char* end = a.data + a.num_bytes;
  if (!std::all_of(end, end + a.slack_bytes, untouched))
    fail(fmt::format("a kernel or copy wrote behind a buffer of {} bytes", a.num_bytes));
  if (!std::all_of(static_cast<const unsigned char*>(first_byte(a)),
                   static_cast<const unsigned char*>(a.data), untouched))
    fail(fmt::format("a kernel or copy wrote before a buffer of {} bytes", a.num_bytes));
}

bool within(const Allocation& a, const void* address) {
  return address >= a.map && address < a.map + a.map_bytes;
}

}  // namespace

void* allocate_on_device(int device, std::size_t num_bytes) {
  const std::size_t rounded = round_up(num_bytes, kAlignment);
  if (rounded < num_bytes || rounded > machine().memory_limit - used_bytes(device)) return nullptr;
  const std::size_t body = round_up(rounded, page_bytes());
  Allocation a{nullptr, body + 2 * page_bytes(), nullptr, num_bytes, rounded - num_bytes, device};
  void* map = mmap(nullptr, a.map_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) return nullptr;
  a.map = static_cast<unsigned char*>(map);
  a.data = a.map + page_bytes() + body - rounded;
  install_fault_handler();
  protect(a, PROT_READ | PROT_WRITE);
  fill(a);
  if (memory().num_open == 0) protect(a, PROT_NONE);
  memory().live[a.data] = a;
  return a.data;
}

bool free_on_device(void* pointer) {
  const auto found = memory().live.find(static_cast<unsigned char*>(pointer));
  if (found == memory().live.end()) return false;
  const Allocation a = found->second;
  protect(a, PROT_READ | PROT_WRITE);
  unpoison(first_byte(a), body_bytes(a));
  check_filler(a);
  madvise(first_byte(a), body_bytes(a), MADV_DONTNEED);
  protect(a, PROT_NONE);
  memory().live.erase(found);
  memory().freed.push_back(a);
  return true;
}

void free_all_device_memory() {
  while (!memory().live.empty()) free_on_device(memory().live.begin()->second.data);
  for (const Allocation& a : memory().freed) munmap(a.map, a.map_bytes);
  memory().freed.clear();
}

std::size_t used_bytes(int device) {
  std::size_t sum = 0;
  for (const auto& [data, a] : memory().live)
    if (a.device == device) sum += a.num_bytes + a.slack_bytes;
  return sum;
}

int num_allocations() { return static_cast<int>(memory().live.size()); }

const Allocation* find_allocation(const void* address) {
  const auto* byte = static_cast<const unsigned char*>(address);
  auto next = memory().live.upper_bound(byte);
  if (next == memory().live.begin()) return nullptr;
  const Allocation& a = std::prev(next)->second;
  return byte <= a.data + a.num_bytes ? &a : nullptr;
}

const char* describe_address(const void* address, bool* is_open) {
  *is_open = memory().num_open > 0;
  for (const auto& [data, a] : memory().live)
    if (within(a, address)) return address < a.data ? "before a buffer" : "in or behind a buffer";
  for (const Allocation& a : memory().freed)
    if (within(a, address)) return "in a buffer that was freed";
  return nullptr;
}

void open_device_memory() {
  const std::lock_guard lock(machine_lock());
  install_fault_handler();
  if (memory().num_open++ == 0) set_protection(PROT_READ | PROT_WRITE);
}

void close_device_memory() {
  const std::lock_guard lock(machine_lock());
  if (--memory().num_open == 0) set_protection(PROT_NONE);
}

}  // namespace cuda_on_cpu
