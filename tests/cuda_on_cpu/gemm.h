// The matrix products of cuBLAS as three loops.

#pragma once

#include <cublas_v2.h>

#include <algorithm>

namespace cuda_on_cpu {

template <class T>
struct Matrix {
  T* data;
  int leading;
  long long stride;  // from one matrix of the batch to the next
  T& at(int row, int column, int batch) const {
    return data[batch * stride + static_cast<long long>(column) * leading + row];
  }
};

template <class T>
struct Product {
  cublasOperation_t op_a, op_b;
  int m, n, k;
  const T* alpha;
  Matrix<const T> a, b;
  const T* beta;
  Matrix<T> c;
  int num_batches;

  bool is_valid() const {
    const int rows_a = op_a == CUBLAS_OP_N ? m : k, rows_b = op_b == CUBLAS_OP_N ? k : n;
    return m >= 0 && n >= 0 && k >= 0 && num_batches >= 0 && a.leading >= std::max(1, rows_a) &&
           b.leading >= std::max(1, rows_b) && c.leading >= std::max(1, m);
  }

  bool is_empty() const { return m == 0 || n == 0 || num_batches == 0; }

  T dot(int row, int column, int batch) const {
    T sum = 0;
    for (int i = 0; i < k; ++i)
      sum += (op_a == CUBLAS_OP_N ? a.at(row, i, batch) : a.at(i, row, batch)) *
             (op_b == CUBLAS_OP_N ? b.at(i, column, batch) : b.at(column, i, batch));
    return sum;
  }

  // C is not read where beta is zero, so it may hold anything.
  void run(T alpha_value, T beta_value) const {
    for (int batch = 0; batch < num_batches; ++batch)
      for (int column = 0; column < n; ++column)
        for (int row = 0; row < m; ++row) {
          T& out = c.at(row, column, batch);
          const T old = beta_value == 0 ? T{0} : beta_value * out;
          out = alpha_value * dot(row, column, batch) + old;
        }
  }
};

}  // namespace cuda_on_cpu
