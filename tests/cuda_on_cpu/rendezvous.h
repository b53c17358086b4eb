// A place where threads wait for each other. Only those that meet here are ordered by it, so that
// ThreadSanitizer sees a race between threads that did not meet.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "tests/cuda_on_cpu/sanitizers.h"

namespace cuda_on_cpu {

// Threads of a block that neither wait nor have ended. At zero, while some wait, all wait forever.
using Runnable = std::atomic<int>;

// The bookkeeping itself orders nothing in ThreadSanitizer's eyes: a thread that wakes late would
// see those who have gone on to the next meeting, and be taken as ordered behind what they do
// there.
inline constexpr std::memory_order kBookkeeping =
    kThreadSanitizer ? std::memory_order_relaxed : std::memory_order_seq_cst;

class Rendezvous {
 public:
  // Which meeting this is, from 1 on. It is the same for all who are about to arrive.
  std::uint32_t meeting() const { return (state_.load(kBookkeeping) >> kBits) + 1; }

  // Waits until required() threads have arrived; on_deadlock() if no thread is left to come.
  template <class Required, class Deadlock>
  void arrive(Runnable& runnable, Required required, Deadlock on_deadlock) {
    std::atomic<int>& order = order_[meeting() % 2];
    order.fetch_add(1, std::memory_order_release);
    const std::uint32_t meeting = state_.fetch_add(1, kBookkeeping) >> kBits;
    if (!release(runnable, required, 1)) {
      if (runnable.fetch_sub(1, kBookkeeping) == 1) on_deadlock();
      for (std::uint32_t now = state_.load(kBookkeeping); now >> kBits == meeting;
           now = state_.load(kBookkeeping))
        sleep_while(now);
    }
    order.load(std::memory_order_acquire);
  }

  // Called when required() may have become less, by a thread that does not arrive.
  template <class Required>
  void reconsider(Runnable& runnable, Required required) {
    release(runnable, required, 0);
  }

 private:
  static constexpr int kBits = 12;  // for the number of the arrived; the meeting stands above
  static constexpr std::uint32_t kArrived = (1u << kBits) - 1;

  // Ends the meeting if all have come, `num_self` of them the caller.
  template <class Required>
  bool release(Runnable& runnable, Required required, int num_self) {
    std::uint32_t now = state_.load(kBookkeeping);
    while ((now & kArrived) > 0 && static_cast<int>(now & kArrived) >= required()) {
      // Before they can run, or a thread that they meet next would see too few.
      const int num_waiting = static_cast<int>(now & kArrived) - num_self;
      runnable.fetch_add(num_waiting, kBookkeeping);
      if (state_.compare_exchange_strong(now, ((now >> kBits) + 1) << kBits, kBookkeeping)) {
        wake_all();
        return true;
      }
      runnable.fetch_sub(num_waiting, kBookkeeping);
    }
    return false;
  }

  // std::atomic::wait would order all who use it by a table that they share.
  void sleep_while(std::uint32_t now);
  void wake_all();

  std::atomic<std::uint32_t> state_{0};
  // What all who meet release and acquire; by parity, since some may be at the next meeting
  // already.
  std::array<std::atomic<int>, 2> order_{};
};

}  // namespace cuda_on_cpu
