// Sizes of runs that a file knows by their names only: --sizes run-70m=70e6.

#pragma once

#include <map>
#include <string>

#include "host/reading/csv.h"

namespace isoloss {

// A W&B chart, "run - eval/loss" over steps, as a row a run and step: run, Step, eval/loss. Any
// other table as it is.
CsvTable unfold_chart(CsvTable csv);

// Whether the table is a W&B chart.
bool is_chart(const CsvTable& csv);

// Adds a column params, looked up by the run's name, or by the file's where no column names runs;
// then the name that was found becomes a column run too. A key matches what it equals or, else,
// what it is a part of; the longest one counts.
//
//   throws  InputError if the table has a column params or a name matches no key
void add_sizes(CsvTable& csv, const std::map<std::string, double>& sizes);

}  // namespace isoloss
