#include "host/report/fit_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "host/base/number_text.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

std::string range_text(const std::vector<double>& values, std::string (*text)(double)) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return text(*least) + " .. " + text(*most);
}

// Counts that grow to billions have a letter for the power.
bool is_count(int table) {
  const auto input = static_cast<Input>(table);
  return table >= 0 &&
         (input == Input::N || input == Input::D || input == Input::U || input == Input::S);
}

std::string input_range(const RunTable& runs, const LawInput& input) {
  const std::string range =
      range_text(runs.values_of(input.column), is_count(input.table) ? count_text : flops_text);
  const bool is_compute = input.table == static_cast<int>(Input::C);
  return fmt::format("{} {}{}", printable(input.symbol), range, is_compute ? " FLOP" : "");
}

}  // namespace

Facts run_ranges(const RunTable& runs, const LawEntry& law) {
  std::vector<std::string> parts{fmt::format("{} of {} runs", runs.num_runs(), runs.num_rows_read)};
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) parts.push_back(input_range(runs, input));
  if (law.reads(Input::N) && law.reads(Input::D) && !law.reads(Input::C) && !runs.flops.empty())
    parts.push_back(fmt::format("C {} FLOP", range_text(runs.flops, flops_text)));
  if (runs.response != "loss")
    parts.push_back(
        fmt::format("{} {}", printable(runs.response), range_text(runs.loss, flops_text)));
  return {parts};
}

std::string residual_name(const RunTable& runs, const LawEntry& law) {
  const std::string name = runs.response == "loss" ? "L" : printable(runs.response);
  return law.log_residual ? "log " + name : name;
}

}  // namespace isoloss
