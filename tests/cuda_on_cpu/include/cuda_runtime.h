// The CUDA runtime as the product's cuda/*.cu see it, executed on the CPU. See ../README.md.

#pragma once

#include "cuda_on_cpu/atomics.h"
#include "cuda_on_cpu/language.h"
#include "cuda_on_cpu/launch.h"
#include "cuda_on_cpu/runtime_api.h"
#include "cuda_on_cpu/runtime_types.h"
#include "cuda_on_cpu/threads.h"
