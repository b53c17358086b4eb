// The PTX that the build made of cuda/tape_functions.cu and cuda/tape_frame.cu.in; in the program.

#pragma once

#include <string_view>

namespace isoloss {

std::string_view tape_functions_ptx();
// size: one of fits/sizes.h
std::string_view tape_frame_ptx(int size);

}  // namespace isoloss
