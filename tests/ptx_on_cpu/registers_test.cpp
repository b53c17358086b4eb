// What ptxas says of the product's kernels for one architecture: no stack, no spills, and the
// registers of each. The build of the engine holds all architectures to the former.

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <regex>

#include "tests/catch.h"

namespace isoloss {
namespace {

struct Usage {
  int stack_bytes = -1;
  int spill_bytes = -1;
  int registers = -1;
};

// By mangled name, from the lines that `ptxas -v` writes for each kernel, the functions that it
// calls counted with it.
void add_usage(const std::string& file, std::map<std::string, Usage>& out) {
  const std::regex name("Compiling entry function '(\\w+)'");
  const std::regex memory(
      "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill");
  const std::regex registers("Used (\\d+) registers");
  std::ifstream in(file);
  std::smatch found;
  Usage* own = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_search(line, found, name)) own = &out[found[1]];
    if (own == nullptr) continue;
    if (std::regex_search(line, found, memory)) {
      own->stack_bytes = std::max(own->stack_bytes, std::stoi(found[1]));
      own->spill_bytes = std::max(own->spill_bytes, std::stoi(found[2]) + std::stoi(found[3]));
    }
    if (std::regex_search(line, found, registers)) own->registers = std::stoi(found[1]);
  }
}

std::string readable(const std::string& mangled) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status), std::free);
  const std::string text = status == 0 ? name.get() : mangled;
  return text.substr(0, text.find('('));
}

void check_usage(const std::string& name, const Usage& usage) {
  INFO(name);
  CHECK(usage.stack_bytes == 0);
  CHECK(usage.spill_bytes == 0);
  CHECK(usage.registers > 0);
  std::cout << usage.registers << " registers  " << readable(name) << '\n';
}

}  // namespace

TEST_CASE("The product's kernels have no stack and spill nothing") {
  std::map<std::string, Usage> all;
  for (const char* file : {ISOLOSS_PTXAS_REPORTS}) add_usage(file, all);
  for (const char* kernel :
       {"15minimise_kernelINS_7OwnCode", "13polish_kernelINS_7OwnCode",
        "15minimise_kernelINS_8TapeCodeILi8", "13polish_kernelINS_8TapeCodeILi8",
        "15minimise_kernelINS_8TapeCodeILi16", "13polish_kernelINS_8TapeCodeILi16",
        "objective_kernelINS_13OwnPredictionINS_4laws10chinchillaEd",
        "objective_kernelINS_13OwnPredictionINS_4laws10chinchillaEf",
        "costs_kernelINS_13OwnPrediction", "objective_kernelINS_14TapePrediction",
        "costs_kernelINS_14TapePrediction", "resample_kernel", "tables_kernel", "cells_kernel",
        "starts_kernel", "gather_kernel", "best_kernel", "pairs_kernel"}) {
    INFO(kernel);
    CHECK(std::count_if(all.begin(), all.end(), [&](const auto& row) {
            return row.first.find(kernel) != std::string::npos;
          }) == 1);
  }
  for (const auto& [name, usage] : all) check_usage(name, usage);
}

TEST_CASE("Kernels of texts have no stack and spill nothing") {
  for (const char* file : {ISOLOSS_PTXAS_TEXT_REPORTS}) {
    INFO(file);
    std::map<std::string, Usage> own;
    add_usage(file, own);
    CHECK(own.size() == 2);
    for (const auto& [name, usage] : own) check_usage(name, usage);
  }
}

}  // namespace isoloss
