// A module to a C++ file that registers its kernels with the runtime.

#pragma once

#include <string>

#include "tests/ptx_on_cpu/translate/module.h"

namespace isoloss::ptx {

// file: named in failures.
std::string write_module(Module& module, const std::string& file);

}  // namespace isoloss::ptx
