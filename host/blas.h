// The one matrix product the CPU engine needs, from a BLAS.

#pragma once

#include <string>

namespace isoloss {

// c = a b, all row-major: a is rows x inner, b inner x columns, c rows x columns. Runs on the
// calling thread. Cost: 2 rows inner columns flops.
void matrix_product(int rows, int columns, int inner, const double* a, const double* b, double* c);

// "OpenBLAS 0.3.21, kernels for SkylakeX", or what is known of another BLAS.
std::string blas_description();

}  // namespace isoloss
