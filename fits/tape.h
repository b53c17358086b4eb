// A law as a program: the instructions that compute f and its first and second derivatives.
//
// f is what the law says of a run in one of two forms: a number compared with the target as it is,
// or one that is compared by its log (takes_log), which spares the derivatives of the log.
// Derivatives are exact: host/formula/ writes them out as instructions of their own and shares what
// they have in common. fits/tape_machine.h runs a tape.

#pragma once

#include <cstdint>

#include "fits/law.h"

namespace isoloss {

enum class Op : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  negate,
  exp,
  log,            // NaN unless positive
  one_minus_exp,  // 1 - e^-a without cancellation
  minimum,
  maximum,
  less,  // a < b ? 1 : 0
  sin,
  cos,
  atan,
  balance,  // the z with log p - b log(1 - p) = a, p = 1 / (1 + e^-z)
  // What only instructions do, not formulas:
  multiply_add,       // a b + c, rounded once
  multiply_subtract,  // a b - c
  subtract_product,   // c - a b
  add_to_hessian,     // the second derivative in place `out` is a
  take_from_hessian,  // it is -a
};

// Whether `out` is a place of the Hessian, not of a number.
ISOLOSS_HD constexpr bool is_for_hessian(Op op) {
  return op == Op::add_to_hessian || op == Op::take_from_hessian;
}

// Where an operand stands.
enum class Storage : std::uint8_t {
  uniform,     // one number for all runs: a constant, a parameter or what follows from those
  input,       // an input of the run
  registered,  // computed for each run
};

struct Operand {
  Storage storage = Storage::uniform;
  std::uint16_t index = 0;
};

struct Instruction {
  Op op;
  std::uint16_t out;  // of the registers, or of the uniforms
  Operand a;
  Operand b;  // a where op takes one operand
  Operand c;  // a where op takes less than three
};

// A view; whoever made it owns the arrays.
struct Tape {
  bool takes_log = true;
  int num_params = 0;
  int num_inputs = 0;
  // Uniforms: first theta, then constants, then what `prologue` computes from both.
  const double* constants = nullptr;
  int num_constants = 0;
  const Instruction* prologue = nullptr;
  int num_prologue = 0;
  int num_uniforms = 0;
  // For each run: instructions up to value_end give f, up to grad_end the gradient, up to num the
  // second derivatives.
  const Instruction* body = nullptr;
  int value_end = 0;
  int grad_end = 0;
  int num_body = 0;
  int num_registers = 0;
  Operand value;
  Operand grad[kMaxParams] = {};
};

}  // namespace isoloss
