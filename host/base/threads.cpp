#include "host/base/threads.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace isoloss {

std::atomic<bool> interrupted{false};

void throw_if_interrupted() {
  if (interrupted) throw Interrupted{};
}

int num_threads_to_use(int asked) {
  if (asked > 0) return asked;
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void parallel_for(int num_items, int num_threads,
                  const std::function<void(int index, int thread)>& work) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&](int thread) {
    try {
      for (int i = next++; i < num_items && !interrupted; i = next++) work(i, thread);
    } catch (...) {
      const std::lock_guard<std::mutex> lock(failure_mutex);
      failure = std::current_exception();
      next = num_items;
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 1; thread < std::min(num_threads, num_items); ++thread)
    threads.emplace_back(run, thread);
  run(0);
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  throw_if_interrupted();
}

}  // namespace isoloss
