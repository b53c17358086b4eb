#include "tests/cuda_on_cpu/fault.h"

#include <fmt/format.h>
#include <signal.h>

#include "tests/cuda_on_cpu/block.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/fail.h"

namespace cuda_on_cpu {
namespace {

struct sigaction previous;

// Formats and allocates, which a handler should not; but the process is about to end.
void on_fault(int signal, siginfo_t* info, void*) {
  bool is_open = false;
  const char* where = describe_address(info->si_addr, &is_open);
  if (in_kernel()) {
    fail(fmt::format("a kernel touched {}, {}, at {}", info->si_addr,
                     where != nullptr ? where : "no device memory", describe_thread()));
  }
  if (where != nullptr && !is_open) fail(fmt::format("the host touched device memory, {}", where));
  if (where != nullptr) fail(fmt::format("a copy or library call went too far, {}", where));
  // Not ours: the instruction runs again and meets whoever had the signal before.
  sigaction(signal, &previous, nullptr);
}

}  // namespace

void install_fault_handler() {
  struct sigaction now {};
  sigaction(SIGSEGV, nullptr, &now);
  if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_fault) return;
  previous = now;
  struct sigaction ours {};
  ours.sa_sigaction = on_fault;
  ours.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGSEGV, &ours, nullptr);
}

}  // namespace cuda_on_cpu
