#include "tests/cuda_on_cpu/rendezvous.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace cuda_on_cpu {

static_assert(sizeof(std::atomic<std::uint32_t>) == 4, "the kernel waits on 32 bits");

void Rendezvous::sleep_while(std::uint32_t now) {
  syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, now, nullptr, nullptr, 0);
}

void Rendezvous::wake_all() {
  syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace cuda_on_cpu
