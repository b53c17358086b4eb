// A kernel broke a rule of the machine: what, and at which kernel, PTX line, block and thread.

#pragma once

#include <stdexcept>

namespace isoloss::ptx {

class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace isoloss::ptx
