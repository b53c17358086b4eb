#include "host/blas.h"

#include <cblas.h>

// Present in OpenBLAS only, so looked up weakly.
extern "C" {
void openblas_set_num_threads(int) __attribute__((weak));
char* openblas_get_config(void) __attribute__((weak));
char* openblas_get_corename(void) __attribute__((weak));
}

namespace isoloss {
namespace {

// We bring our own threads; a BLAS that starts more would only fight them.
void use_one_thread() {
  static const bool done = [] {
    if (&openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

void matrix_product(int rows, int columns, int inner, const double* a, const double* b, double* c) {
  use_one_thread();
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, columns, inner, 1.0, a, inner, b,
              columns, 0.0, c, columns);
}

std::string blas_description() {
  if (&openblas_get_config == nullptr || &openblas_get_corename == nullptr) return "CBLAS";
  const std::string config = openblas_get_config();
  return config.substr(0, config.find(' ', config.find(' ') + 1)) + ", kernels for " +
         openblas_get_corename();
}

}  // namespace isoloss
