#include "host/answers/predict/asked_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/laws/law_choice.h"
#include "host/reading/curve_inputs.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

[[noreturn]] void fail(const std::string& message, const std::string& hint) {
  throw InputError("", 0, "", message, hint);
}

double number(const std::string& text, const std::string& flag, bool positive) {
  const Number parsed = parse_number(text);
  if (parsed.kind == Number::Kind::value && (!positive || parsed.value > 0)) return parsed.value;
  fail(fmt::format("{} {} is not a {}number", flag, shown(text), positive ? "positive " : ""),
       "write 7e9 or 7B, say");
}

const LawInput& input_called(const LawEntry& law, const std::string& name) {
  for (const LawInput& input : law.inputs)
    if (input.symbol == name || input.column == name) return input;
  fail(fmt::format("``input``: the law {} does not read {}", law.name, shown(name)),
       "it reads " + listed(law.input_columns()));
}

void add_input(const std::string& typed, const LawEntry& law, NewRuns& out) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos)
    fail(fmt::format("``input`` {} has no '='", shown(typed)), "write ``input`` params=7e9");
  const LawInput& input = input_called(law, typed.substr(0, equals));
  std::vector<double> values;
  for (std::size_t at = equals + 1; at <= typed.size();) {
    const std::size_t comma = std::min(typed.find(',', at), typed.size());
    values.push_back(
        number(typed.substr(at, comma - at), "``input`` " + input.column, input.axis == Axis::log));
    at = comma + 1;
  }
  out.num_rows = std::max(out.num_rows, values.size());
  if (!out.values.emplace(input.column, std::move(values)).second)
    fail(fmt::format("two values of {}", input.column), "write ``input`` NAME=FIRST,SECOND");
}

std::vector<long> whole_steps(const std::vector<std::string>& typed) {
  std::vector<long> out;
  for (const std::string& text : typed) {
    const double step = number(text, "``steps``", false);
    if (!(step >= 0 && step <= kMostSteps) || step != std::floor(step))
      fail(fmt::format("``steps`` {} is no step", shown(text)), "steps are whole numbers");
    out.push_back(static_cast<long>(step));
  }
  return out;
}

void add_curve(const AskedRuns& asked, const LawEntry& law, NewRuns& out) {
  const std::vector<long> steps = whole_steps(asked.steps);
  out.values["steps"].assign(steps.begin(), steps.end());
  std::vector<std::string> names;
  for (const LawInput& input : law.inputs)
    if (is_curve_input(input.column) && !out.values.contains(input.column))
      names.push_back(input.column);
  if (names.empty() || asked.schedule.empty()) return;
  if (asked.schedule.size() > 1)
    fail("two ``schedule`` for one curve", "predict one after another");
  const Rates rates = rates_called(asked.schedule[0]);
  for (const long step : steps) {
    if (step >= static_cast<long>(rates.size()))
      fail(fmt::format("step {} is beyond the end of the schedule, {}", step, rates.size() - 1),
           "check total of ``schedule``");
    if (std::all_of(rates.begin(), rates.begin() + step + 1, [](double lr) { return lr == 0; }))
      fail(fmt::format("the learning rate is 0 up to step {}", step), "ask for later steps");
  }
  double error = 0;
  for (auto& [name, values] : curve_values(names, rates, steps, error))
    out.values[name] = std::move(values);
}

}  // namespace

NewRuns runs_asked(const AskedRuns& asked, const LawEntry& law) {
  NewRuns out;
  for (const std::string& typed : asked.inputs) add_input(typed, law, out);
  if (!asked.steps.empty()) add_curve(asked, law, out);
  out.num_rows = std::max(out.num_rows, asked.steps.size());
  if (out.num_rows == 0) fail("no runs to predict", "name a file of runs, or give ``input``");
  for (auto& [name, values] : out.values) {
    if (values.size() == 1) values.resize(out.num_rows, values[0]);
    if (values.size() != out.num_rows)
      fail(fmt::format("{} values of {} for {} rows", values.size(), name, out.num_rows),
           "give one value, or one for each row");
  }
  return out;
}

NewRuns read_new_runs(const RunSource& source, const FittedLaw& fit) {
  ReadOptions read = source.read;
  read_for(fit.law, read);
  if (read.response.empty() && fit.response != "loss") read.response = fit.response;
  read.needs_response = false;
  read.infer_runs = false;
  return new_runs(runs_of(*table_of({source.paths, read, source.table}), read), fit.law);
}

}  // namespace isoloss
