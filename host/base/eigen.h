// Eigenvalues and eigenvectors of a small symmetric matrix.

#pragma once

#include <vector>

namespace isoloss {

struct Eigen {
  std::vector<double> values;                // ascending
  std::vector<std::vector<double>> vectors;  // of each value, of unit length
};

// m: row-major, num x num. By cyclic Jacobi rotations (Golub & Van Loan 2013, section 8.5).
Eigen eigen(std::vector<double> m, std::size_t num);

}  // namespace isoloss
