// Cells of a table of runs as numbers in our units.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/reading/columns.h"
#include "host/reading/csv.h"
#include "host/reading/read_options.h"
#include "host/reading/units.h"

namespace isoloss {

// Reads one row after another, each cell once. Keeps references: the table must outlive it.
class RowReader {
 public:
  // Throws InputError if options have a wrong unit or flops_per_token_param.
  RowReader(const CsvTable& csv, const Columns& columns, const ReadOptions& options);

  const CsvTable& csv() const { return csv_; }
  const Columns& columns() const { return columns_; }

  // Value of a quantity in row `row`, in our unit: from its column, or through C = factor * N * D.
  // NaN if a cell is missing; InputError if one is not a number. Columns::is_there() must hold.
  double quantity(std::size_t row, Quantity quantity);

  // The same of many rows.
  std::vector<double> values(Quantity quantity, const std::vector<std::size_t>& rows);

  // Reads all cells of the numbers that are read at once; false, with nothing said of why, if one
  // is no plain number.
  bool read_plain();

  // Number in a cell as it stands in the file; NaN and InputError as above.
  double cell(std::size_t row, std::size_t column);

  FileCell field(std::size_t row, std::size_t column) const { return csv_.cells.at(row, column); }

  // Whether the user said in which unit the file has it.
  bool has_unit(Quantity quantity) const { return units_.of(quantity).is_given; }

  double flops_per_token_param() const { return flops_per_token_param_; }

  // The numbers that are read, in order.
  const std::vector<Quantity>& numbers() const { return numbers_; }

  // How a quantity that has no column is derived: "C / (6 N)".
  std::string formula(Quantity quantity) const;

  // The first cell that was read through thousands commas, if any.
  const std::optional<FileCell>& first_thousands() const { return first_thousands_; }

 private:
  // A quantity that is a factor times the plain numbers of its column, all read already.
  struct Multiple {
    const double* numbers;
    double factor;
    double at(std::size_t row) const { return numbers[row] * factor; }
  };
  std::optional<Multiple> multiple(Quantity quantity) const;
  // Of flops that are derived from two such: these.
  std::optional<std::pair<Multiple, Multiple>> size_product(Quantity quantity) const;
  double parsed(std::size_t row, std::size_t column);

  const CsvTable& csv_;
  Columns columns_;
  std::vector<Quantity> numbers_;
  FileUnits units_;
  double flops_per_token_param_;
  bool reads_all_rows_;                     // no condition leaves some out
  std::vector<std::vector<double>> known_;  // by column and row: what was read before
  std::optional<FileCell> first_thousands_;
};

// Throws InputError if no column of numbers holds one in the first row: a second header, or units.
void refuse_units_row(const CsvTable& csv, const Columns& columns);

}  // namespace isoloss
