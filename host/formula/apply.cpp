// Operations on numbers, by the very functions that a tape's machine runs.

#include "fits/tape_ops.h"
#include "host/formula/graph.h"

namespace isoloss {

double apply(Op op, double a, double b) {
  using T = Lanes<ScalarPack>;
  double lanes[3][kNumLanes];
  T(a).store(lanes[0]);
  T(b).store(lanes[1]);
  detail::carry_out<T>(op, 1, {lanes[0], 0}, {lanes[1], 0}, {lanes[1], 0}, lanes[2]);
  return lanes[2][0];
}

}  // namespace isoloss
