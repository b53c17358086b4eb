// The calls without the language. CCCL, which holds Thrust, looks for this header, takes it for a
// whole toolkit and goes on to use vector types and half floats; tell it that there is none.

#pragma once

#include "cuda_on_cpu/runtime_api.h"

#ifdef _CCCL_HAS_CTK
#undef _CCCL_HAS_CTK
#define _CCCL_HAS_CTK() 0
#endif
