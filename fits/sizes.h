// The numbers of parameters that minimiser, polish and proof are compiled for.
//
// A law with a number between has the next size, the rest of its parameters held at zero by the
// bounds {0, 0}.

#pragma once

#include "fits/law.h"

namespace isoloss {

// Calls f<P>() for the size of a law. Each size costs a solver on the host and a pair of kernels on
// a GPU, listed in CMakeLists.txt.
template <class F>
void with_solver_size(int num_params, F&& f) {
  if (num_params <= 5) return f.template operator()<5>();
  if (num_params <= 8) return f.template operator()<8>();
  return f.template operator()<kMaxParams>();
}

inline int solver_size(int num_params) {
  int size = 0;
  with_solver_size(num_params, [&]<int P>() { size = P; });
  return size;
}

}  // namespace isoloss
