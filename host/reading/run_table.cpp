#include "host/reading/run_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "host/base/text.h"
#include "host/reading/quantity_names.h"

namespace isoloss {
namespace {

template <class T>
std::vector<T> picked(const std::vector<T>& values, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  if (values.empty()) return out;  // not read
  for (const std::size_t row : rows) out.push_back(values[row]);
  return out;
}

}  // namespace

const std::vector<double>& RunTable::values_of(std::string_view name) const {
  const auto quantity = quantity_called(name);
  const std::string key(quantity ? quantity_name(*quantity) : name);
  if (quantity == Quantity::params && !params.empty()) return params;
  if (quantity == Quantity::tokens && !tokens.empty()) return tokens;
  if (quantity == Quantity::flops && !flops.empty()) return flops;
  const auto found = further.find(key);
  if (found == further.end()) throw std::logic_error(key + " was not read");
  return found->second;
}

std::string RunTable::place_of(std::size_t run) const {
  const std::string at = fmt::format("line {}", line[run]);
  return parts.empty() ? at : printable(path_of(row[run])) + ", " + at;
}

double RunTable::largest_flops() const {
  return flops.empty() ? 0 : *std::max_element(flops.begin(), flops.end());
}

std::vector<std::vector<std::size_t>> rows_by_run(const RunTable& runs) {
  std::vector<std::vector<std::size_t>> out;
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < runs.run.size(); ++i) {
    const auto [at, is_new] = place.emplace(runs.run[i], out.size());
    if (is_new) out.emplace_back();
    out[at->second].push_back(i);
  }
  return out;
}

RunTable picked_rows(const RunTable& runs, const std::vector<std::size_t>& rows) {
  RunTable out = runs;
  for (std::vector<double>* values :
       {&out.params, &out.tokens, &out.flops, &out.loss, &out.weights})
    *values = picked(*values, rows);
  out.run = picked(out.run, rows);
  out.stratum = picked(out.stratum, rows);
  out.line = picked(out.line, rows);
  out.row = picked(out.row, rows);
  for (auto& [name, values] : out.further) values = picked(values, rows);
  return out;
}

}  // namespace isoloss
