#include "tests/cuda_on_cpu/fail.h"

#include <cstdio>
#include <cstdlib>

namespace cuda_on_cpu {

void fail(const std::string& sentence) {
  std::fprintf(stderr, "cuda_on_cpu: %s\n", sentence.c_str());
  std::fflush(stderr);
  std::abort();
}

}  // namespace cuda_on_cpu
