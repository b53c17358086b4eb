// How the double reports what the product did wrong and no error code stands for.

#pragma once

#include <string>

namespace cuda_on_cpu {

// Prints one sentence and aborts.
[[noreturn]] void fail(const std::string& sentence);

}  // namespace cuda_on_cpu
