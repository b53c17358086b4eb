// The rows of a law, the estimate and its draws, shared between threads in parts.

#pragma once

#include <algorithm>
#include <cstddef>

#include "host/base/threads.h"

namespace isoloss {

// Calls work(begin, end) for parts of the rows.
template <class Work>
void in_parts(std::size_t num_rows, int num_threads, Work&& work) {
  constexpr std::size_t kRowsAtOnce = 512;
  const int num_parts = static_cast<int>((num_rows + kRowsAtOnce - 1) / kRowsAtOnce);
  parallel_for(num_parts, num_threads_to_use(num_threads), [&](int part, int) {
    const std::size_t begin = static_cast<std::size_t>(part) * kRowsAtOnce;
    work(begin, std::min(begin + kRowsAtOnce, num_rows));
  });
}

}  // namespace isoloss
