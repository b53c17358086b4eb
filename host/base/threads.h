// Work shared by threads, with a way to stop.

#pragma once

#include <atomic>
#include <functional>

namespace isoloss {

// Set by a signal handler; long work looks at it and throws Interrupted.
extern std::atomic<bool> interrupted;

struct Interrupted {};

// Throws Interrupted if `interrupted` was set.
void throw_if_interrupted();

// Threads to use: the number asked for, or for 0 the processors this process may run on.
int num_threads_to_use(int asked);

// Calls work(index, thread) for each index below num_items, on num_threads threads that take the
// next index when free. Results must be stored by index, so that they don't depend on the order.
// Throws what a call threw, and Interrupted if `interrupted` was set.
void parallel_for(int num_items, int num_threads,
                  const std::function<void(int index, int thread)>& work);

}  // namespace isoloss
