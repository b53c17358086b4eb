// What is the same in the texts of all tapes: cuda/tape_text.cpp puts its own lines between.

#pragma once

#include <cstddef>

#include "fits/evaluation.h"
#include "fits/tape.h"

namespace isoloss {

inline constexpr const char* kParameters =
    "\t.param .b64 values_param, .param .b32 num_runs_param, .param .f64 over_param,\n"
    "\t.param .b64 packed_param, .param .b32 num_padded_param, .param .f64 delta_param,\n"
    "\t.param .b64 theta_param, .param .b64 out_param";

// Loads what the function is given, finds this thread's lane and the tile's mask as
// cuda/thread_lane.cuh does, and clears the sums.
inline constexpr const char* kBegin = R"(
	ld.param.b64 %values, [values_param];
	ld.param.b32 %num_runs, [num_runs_param];
	ld.param.f64 %over, [over_param];
	ld.param.b64 %packed, [packed_param];
	ld.param.b32 %num_padded, [num_padded_param];
	ld.param.f64 %delta, [delta_param];
	ld.param.b64 %theta, [theta_param];
	ld.param.b64 %out, [out_param];
	sub.rn.f64 %minus_delta, 0d0000000000000000, %delta;
	mul.wide.s32 %stride, %num_runs, 8;
	mov.u32 %lane, %tid.x;
	and.b32 %shift, %lane, 24;
	and.b32 %lane, %lane, 7;
	setp.eq.s32 %leads, %lane, 0;
	mov.u32 %mask, 255;
	shl.b32 %mask, %mask, %shift;
	mul.wide.u32 %place, %lane, 8;
	add.s64 %packed, %packed, %place;
	mov.u32 %i, 0;
)";

// Finds this thread's run of the group and how often it was drawn.
inline constexpr const char* kNextRun = R"(
next_group:
	setp.ge.s32 %ends, %i, %num_padded;
	@%ends bra all_groups;
	add.s32 %i, %i, 8;
	ld.v2.u32 {%run, %count}, [%packed];
	add.s64 %packed, %packed, 64;
	mul.wide.u32 %place, %run, 8;
	add.s64 %place, %values, %place;
)";

// run_factors() of fits/evaluation.h, from %residual; %rho is the objective's term.
inline constexpr const char* kFactors = R"(
	setp.lt.f64 %is, 0d0000000000000000, %residual;
	selp.f64 %weight, %over, 0d3FF0000000000000, %is;
	mul.rn.f64 %weight, %drawn, %weight;
	setp.gt.f64 %is, %minus_delta, %residual;
	selp.f64 %psi, %minus_delta, %residual, %is;
	setp.lt.f64 %is, %delta, %psi;
	selp.f64 %psi, %delta, %psi, %is;
	mul.rn.f64 %rho, 0d3FE0000000000000, %psi;
	sub.rn.f64 %rho, %residual, %rho;
	mul.rn.f64 %rho, %psi, %rho;
	mul.rn.f64 %rho, %weight, %rho;
	mul.rn.f64 %slope, %weight, %psi;
	setp.eq.f64 %is, %residual, %psi;
	selp.f64 %excess, %weight, 0d0000000000000000, %is;
)";

// The place of a function's parts in Evaluation<size>, in bytes.
struct EvaluationPlaces {
  int size;
  int grad(int k) const { return 8 * (1 + k); }
  int hess(int place) const { return grad(size) + 8 * place; }
  int grad_scale(int k) const { return hess(num_packed(size)) + 8 * k; }
  int reach(int k) const { return grad_scale(size) + 8 * k; }
  int weight() const { return reach(size); }
};
static_assert(offsetof(Evaluation<5>, hess) == 8 * 6);
static_assert(offsetof(Evaluation<5>, grad_scale) == 8 * (6 + 15));
static_assert(offsetof(Evaluation<5>, weight) == 8 * (6 + 15 + 10));

// The operations that are functions of cuda/tape_functions.cu.
struct SplicedOp {
  Op op;
  const char* name;
};
inline constexpr SplicedOp kSplicedOps[] = {
    {Op::exp, "isoloss_exp"},
    {Op::log, "isoloss_log"},
    {Op::one_minus_exp, "isoloss_one_minus_exp"},
    {Op::sin, "isoloss_sin"},
    {Op::cos, "isoloss_cos"},
    {Op::atan, "isoloss_atan"},
    {Op::balance, "isoloss_balance"},
};

}  // namespace isoloss
