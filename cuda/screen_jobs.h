// What the kernels of the screens get: plain structs of device pointers, passed by value.

#pragma once

#include "cuda/select.h"
#include "fits/exponent_starts.h"

namespace isoloss {

// The exponent screen of a batch of problems; pointers are of the device, the grid's too.
struct CellsJob {
  ExponentGrid grid;
  int num_problems;
  const double* moments;  // num_problems x num_moments
  double* tables;         // num_problems x CellTables::num_values
  double* cells;          // num_problems x num x num: p q, then errors
  int num_basins;         // 1 or kNumQuadrants
  const Ranked* best;     // num_problems x num_basins

  ISOLOSS_HD CellTables tables_of(long long problem) const {
    return {tables + problem * CellTables::num_values(grid), grid.num};
  }
};

// What each problem minimises from: starts that all share, then those of its best cells.
struct StartList {
  int num_params;
  const double* shared;  // num_shared x num_params
  int num_shared;
  int num_screened;
  ScreenedStart* screened;  // num_problems x kNumQuadrants, room to sort in
  double* out;              // num_problems x (num_shared + num_screened) x num_params
};

// Copies the chosen starts of each problem: out is num x num_params, chosen num_basins x
// num_problems.
struct GatherJob {
  const double* starts;
  const Ranked* chosen;
  int num_problems;
  int num_basins;
  int num_params;
  double* out;
};

}  // namespace isoloss
