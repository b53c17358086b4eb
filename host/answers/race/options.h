// What is asked of a race between training curves.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace isoloss {

// What two models may have spent alike.
enum class Budget { flops, tokens, time };
inline constexpr std::array kBudgets{Budget::flops, Budget::tokens, Budget::time};

// The word of flags and of the JSON: "flops".
const char* budget_name(Budget by);

struct RaceOptions {
  std::vector<Budget> by;   // empty: all that the data allow
  std::string time_column;  // name of a further input of the table; empty: no such column
  // Speeds in tokens per second by the name of a run or by its size as typed ("13B"); time is then
  // in hours.
  std::map<std::string, double> tokens_per_second;
  // Where the fitted laws begin: from 1 on tokens, below 1 a share of the run's tokens.
  double from = 0.1;
  double half_width = 0.15;  // of the local lines, in log tokens: reaches 14 % down and 16 % up
  int block = 0;             // rows of a block; 0: chosen by the autocorrelation
  int num_resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
  int num_budgets = 8;           // rows of the table of budgets
  bool neighbours_only = false;  // races only sizes next to each other
  int num_threads = 0;           // 0: one a processor
};

}  // namespace isoloss
