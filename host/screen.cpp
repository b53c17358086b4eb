#include "host/screen.h"

#include "host/blas.h"

namespace isoloss {

void Screen::moments(int rows, const double* weights, double* out) const {
  matrix_product(rows, num_moments_, num_runs_, weights, products_.data(), out);
}

}  // namespace isoloss
