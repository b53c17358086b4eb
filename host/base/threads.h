// Work shared by threads.

#pragma once

#include <cstddef>
#include <functional>

#include "host/base/stop.h"

namespace isoloss {

// Threads to use: the number asked for, or for 0 the processors this process may run on.
int num_threads_to_use(int asked);

// Calls work(index, thread) for each index below num_items, on num_threads threads that take the
// next index when free. Results must be stored by index, so that they don't depend on the order.
// Each thread has the stop token of the one that calls. Throws what a call threw, and Interrupted
// if that token was set. what: the items, where tell_progress tells of them.
void parallel_for(int num_items, int num_threads,
                  const std::function<void(int index, int thread)>& work,
                  const char* what = nullptr);

// Threads for work that takes so many short turns: one where they are few.
int threads_for_turns(std::size_t num, int num_threads);

// parallel_for of short turns: work(i) for each i below num, many to an item.
void parallel_turns(std::size_t num, int num_threads, const std::function<void(std::size_t)>& work);

}  // namespace isoloss
