// The functions of tapes, to be compiled to PTX: cuda/tape_text.cpp splices them in.

#include "cuda/thread_lane.cuh"

namespace isoloss {

// In the order of Op.
extern "C" {
__device__ double isoloss_exp(double x) { return exp(ThreadLane(x)).v; }
__device__ double isoloss_log(double x) { return checked_log(ThreadLane(x)).v; }
__device__ double isoloss_one_minus_exp(double x) { return one_minus_exp(ThreadLane(x)).v; }
__device__ double isoloss_sin(double x) { return sin(ThreadLane(x)).v; }
__device__ double isoloss_cos(double x) { return cos(ThreadLane(x)).v; }
__device__ double isoloss_atan(double x) { return atan(ThreadLane(x)).v; }
__device__ double isoloss_balance(double x, double y) {
  return balance(ThreadLane(x), ThreadLane(y)).v;
}
}

}  // namespace isoloss
