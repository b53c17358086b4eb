#include "tests/cuda_on_cpu/shared_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/machine.h"
#include "tests/cuda_on_cpu/poison.h"

namespace isoloss {

// What a kernel declares as `extern __shared__ unsigned char isoloss_shared[]`.
alignas(1024) unsigned char isoloss_shared[cuda_on_cpu::kSharedPerProcessor];

}  // namespace isoloss

// The linker's names for the section of static shared variables, if the program has any.
extern "C" unsigned char __start_cuda_shared[] __attribute__((weak));
extern "C" unsigned char __stop_cuda_shared[] __attribute__((weak));

namespace cuda_on_cpu {
namespace {

constexpr int kNan = 0xff;
constexpr int kFiller = 0xcb;
constexpr std::size_t kFillerBytes = 1024;

unsigned char* const dynamic = isoloss::isoloss_shared;

}  // namespace

void begin_shared_memory(std::size_t dynamic_bytes) {
  if (__start_cuda_shared != nullptr)
    std::memset(__start_cuda_shared, kNan,
                static_cast<std::size_t>(__stop_cuda_shared - __start_cuda_shared));
  std::memset(dynamic, kNan, dynamic_bytes);
  std::memset(dynamic + dynamic_bytes, kFiller, kFillerBytes);
  poison(dynamic + dynamic_bytes, kSharedPerProcessor - dynamic_bytes);
}

void end_shared_memory(std::size_t dynamic_bytes) {
  unsigned char* end = dynamic + dynamic_bytes;
  unpoison(end, kSharedPerProcessor - dynamic_bytes);
  if (!std::all_of(end, end + kFillerBytes, [](unsigned char b) { return b == kFiller; }))
    fail(fmt::format("a block wrote behind its {} bytes of dynamic shared memory", dynamic_bytes));
}

}  // namespace cuda_on_cpu
