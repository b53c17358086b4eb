// PTX of tapes without a toolkit: of the shape that nvcc gives it, for a double that does not read
// it. tests/ptx_on_cpu executes the real one.

#include "cuda/compiled_ptx.h"

#include <fmt/format.h>

#include <string>

namespace isoloss {
namespace {

std::string function_text(const char* name) {
  return fmt::format(
      ".visible .func  (.param .b64 func_retval0) {0}(\n\t.param .b64 {0}_param_0\n)\n{{\n"
      "\tld.param.f64 \t%fd1, [{0}_param_0];\n\tst.param.f64 \t[func_retval0+0], "
      "%fd1;\n\tret;\n}}\n",
      name);
}

std::string frame_text(int size) {
  std::string out = ".version 9.0\n.address_size 64\n";
  for (const char* function : {"isoloss_evaluate_with_scale", "isoloss_evaluate"})
    out += fmt::format(".extern .func {}\n(\n)\n;\n", function);
  for (const char* kernel : {"minimise", "polish"})
    out += fmt::format(".weak .entry {}_kernel_of_{}()\n{{\n}}\n", kernel, size);
  return out;
}

}  // namespace

std::string_view tape_functions_ptx() {
  static const std::string all = [] {
    std::string out;
    for (const char* name : {"exp", "log", "one_minus_exp", "sin", "cos", "atan", "balance"})
      out += function_text(fmt::format("isoloss_{}", name).c_str());
    return out;
  }();
  return all;
}

std::string_view tape_frame_ptx(int size) {
  static const std::string of_5 = frame_text(5), of_8 = frame_text(8), of_16 = frame_text(16);
  return size == 5 ? of_5 : size == 8 ? of_8 : of_16;
}

}  // namespace isoloss
