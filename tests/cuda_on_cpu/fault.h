// Names the mistake behind a segmentation fault in device memory.

#pragma once

namespace cuda_on_cpu {

// Again and again, since a test framework puts its own handler in place for each test.
void install_fault_handler();

}  // namespace cuda_on_cpu
