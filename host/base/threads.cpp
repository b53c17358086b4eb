#include "host/base/threads.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "host/base/progress.h"

#if defined(__linux__)
#include <sched.h>
#endif

namespace isoloss {
namespace {

// As many of `num` as the system allows; work is shared by those that there are. They are numbered
// from 1.
template <class Run>
std::vector<std::thread> started(int num, const Run& run) {
  std::vector<std::thread> out;
  out.reserve(static_cast<std::size_t>(std::max(num, 0)));
  try {
    for (int thread = 1; thread <= num; ++thread) out.emplace_back(run, thread);
  } catch (const std::system_error&) {
  }
  return out;
}

}  // namespace

int num_threads_to_use(int asked) {
  if (asked > 0) return asked;
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void parallel_for(int num_items, int num_threads,
                  const std::function<void(int index, int thread)>& work, const char* what) {
  std::atomic<int> next{0}, num_done{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&, stop = stop_token()](int thread) {
    const StopScope scope(stop);
    try {
      for (int i = next++; i < num_items; i = next++) {
        throw_if_stopped();
        if (thread == 0 && what != nullptr) tell_progress(what, num_done, num_items);
        work(i, thread);
        ++num_done;
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(failure_mutex);
      failure = std::current_exception();
      next = num_items;
    }
  };
  std::vector<std::thread> threads = started(std::min(num_threads, num_items) - 1, run);
  run(0);
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  throw_if_stopped();
  if (what != nullptr) tell_progress(what, num_items, num_items);
}

int threads_for_turns(std::size_t num, int num_threads) {
  constexpr std::size_t kFew = 1 << 14;
  return num < kFew ? 1 : num_threads;
}

void parallel_turns(std::size_t num, int num_threads,
                    const std::function<void(std::size_t)>& work) {
  constexpr std::size_t kAnItem = 4096;
  const auto num_items = static_cast<int>((num + kAnItem - 1) / kAnItem);
  parallel_for(num_items, threads_for_turns(num, num_threads), [&](int item, int) {
    const std::size_t first = static_cast<std::size_t>(item) * kAnItem;
    const std::size_t end = std::min(num, first + kAnItem);
    for (std::size_t i = first; i < end; ++i) work(i);
  });
}

}  // namespace isoloss
