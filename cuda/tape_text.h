// A tape as PTX: the text that a driver compiles into kernels as fast as those of a law with code
// of its own, without a compiler on the machine.
//
// Its instructions keep every number in a register; the interpreter of fits/tape_machine.h keeps
// them in memory. The operations, their order and their rounding are those of evaluate_tape(), and
// so are the bits: each is written out as `.rn`, and exp, log and their like are spliced in from
// what nvcc makes of fits/ (cuda/tape_functions.cu). PTX ISA, "Floating Point Instructions".

#pragma once

#include <string>
#include <string_view>

#include "fits/tape.h"

namespace isoloss {

// Instructions and sums of a tape that may still become text: beyond them a driver compiles for
// longer than the interpreter takes, and registers are spilled.
inline constexpr int kMostTextInstructions = 2000;
inline constexpr int kMostTextSums = 200;

// Whether a tape is small enough.
bool can_be_text(const Tape& tape);

// The functions isoloss_evaluate and isoloss_evaluate_with_scale of cuda/text_code.cuh for this
// tape.
//
//   size       parameters of the Evaluation that they write, >= tape.num_params
//   functions  PTX of cuda/tape_functions.cu
//   cost       a few microseconds an instruction
std::string tape_functions_text(const Tape& tape, int size, std::string_view functions);

// A module: the kernels of `frame`, PTX of cuda/tape_frame.cu.in, with the functions that they
// lack.
std::string tape_module_text(std::string_view frame, const std::string& functions);

}  // namespace isoloss
