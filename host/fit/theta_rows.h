// Many thetas of one law, as tight as its number of parameters allows.

#pragma once

#include <algorithm>
#include <vector>

#include "host/base/memory.h"
#include "host/simd/solver.h"

namespace isoloss {

class ThetaRows {
 public:
  ThetaRows() = default;
  // `num` rows of zeros. Throws OutOfMemory, Interrupted.
  ThetaRows(std::size_t num, int num_params)
      : num_(num),
        num_params_(static_cast<std::size_t>(num_params)),
        values_(room_for<double>(num, "resample", num_params_)) {}

  std::size_t size() const { return num_; }
  bool empty() const { return num_ == 0; }

  // Entries beyond the law's own are 0.
  Theta operator[](std::size_t i) const {
    Theta out{};
    std::copy_n(values_.data() + i * num_params_, num_params_, out.data());
    return out;
  }
  double at(std::size_t i, int k) const {
    return values_[i * num_params_ + static_cast<std::size_t>(k)];
  }
  // Threads may set different rows.
  void set(std::size_t i, const Theta& theta) {
    std::copy_n(theta.data(), num_params_, values_.data() + i * num_params_);
  }

 private:
  std::size_t num_ = 0, num_params_ = 0;
  std::vector<double> values_;  // num x num_params
};

}  // namespace isoloss
