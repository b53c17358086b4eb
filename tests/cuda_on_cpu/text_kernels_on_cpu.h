// Has the driver's double run the interpreter where a text's kernels are launched.

#pragma once

namespace isoloss {

// Once in a process; later calls change nothing.
void run_texts_on_cpu();

}  // namespace isoloss
