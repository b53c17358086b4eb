// Inputs of laws that are computed from a run's learning rate where the file has no column of them.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/reading/csv.h"
#include "host/reading/read_options.h"
#include "host/reading/row_reader.h"
#include "host/reading/run_table.h"
#include "host/reading/schedules.h"

namespace isoloss {

class CurveInputs {
 public:
  // Computed are nodes of a history, and lr_sum and lr_annealing where --schedule is given or the
  // file has no column of them but steps and lr. Throws InputError for a law of histories if
  // nothing tells the learning rate.
  CurveInputs(const CsvTable& csv, const ReadOptions& options);

  // What has to be read instead: without the computed inputs, with what they are computed from.
  const ReadOptions& reading() const { return reading_; }

  // Adds the computed inputs of rows that have been read; warns where the learning rate is known at
  // some steps only. Throws InputError for steps beyond a schedule.
  void add_to(RunTable& table, RowReader& reader) const;

 private:
  ReadOptions reading_;
  std::vector<std::string> computed_;
};

// Values of computed inputs ("lr_sum", "lr_gap_07", ..) at the steps, by name.
//
//   error  set to the largest History::error where nodes are computed
std::map<std::string, std::vector<double>> curve_values(const std::vector<std::string>& names,
                                                        const Rates& rates,
                                                        const std::vector<long>& steps,
                                                        double& error);

// Whether curve_values() can compute the input.
bool is_curve_input(const std::string& column);

}  // namespace isoloss
