#include "host/reading/curve_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/curves/features.h"
#include "host/curves/history.h"
#include "host/reading/column_names.h"
#include "host/reading/schedule_file.h"

namespace isoloss {
namespace {

// Runs by label: rows of the table, and what is known of the learning rate.
struct Curve {
  std::vector<std::size_t> rows;
  std::vector<long> steps;  // of the rows
  std::map<long, double> logged;
};

std::string name_of(Input input) { return std::string(info_of(input).column); }

bool is_history_name(const std::string& column) {
  return std::any_of(detail::kNodeInputs.begin(), detail::kNodeInputs.end(),
                     [&](const InputInfo& info) { return info.column == column; });
}

bool has_column(const CsvTable& csv, const ReadOptions& options, const std::string& name) {
  const auto quantity = quantity_called(name);
  const std::string key(quantity ? quantity_name(*quantity) : name);
  if (options.column.contains(key)) return true;
  return quantity && !usual_headers(csv, Columns(), *quantity).empty();
}

bool is_asked(const ReadOptions& options, const std::string& name) {
  return std::any_of(options.inputs.begin(), options.inputs.end(),
                     [&](const InputColumn& input) { return input.name == name; });
}

long whole_step(const RunTable& table, double step, std::size_t line) {
  if (step >= 0 && step <= kMostSteps && step == std::floor(step)) return static_cast<long>(step);
  throw InputError(table.path, line, "steps", fmt::format("{:g} is no step", step),
                   fmt::format("steps are whole numbers from 0 to {}", kMostSteps));
}

// Every row of the file tells of the learning rate, those too that are not fitted.
void add_logged(std::map<std::string, Curve>& curves, const RunTable& table, RowReader& reader) {
  const auto run = reader.columns()[Quantity::run];
  for (std::size_t row = 0; row < reader.csv().num_rows(); ++row) {
    const std::size_t line = reader.csv().cells.line(row);
    const std::string label(run ? reader.field(row, *run).text : "");
    const auto curve = curves.find(run && label.empty() ? fmt::format("line {}", line) : label);
    if (curve == curves.end()) continue;
    const double step = reader.quantity(row, static_cast<Quantity>(Input::S));
    const double lr = reader.quantity(row, Quantity::lr);
    if (std::isnan(step) || std::isnan(lr)) continue;
    if (lr < 0) throw InputError(table.path, line, "lr", "a negative learning rate", "");
    const auto [known, is_new] = curve->second.logged.emplace(whole_step(table, step, line), lr);
    if (!is_new && known->second != lr)
      throw InputError(table.path, line, "lr", fmt::format("two learning rates at step {:g}", step),
                       run ? "a step of one run has one learning rate"
                           : "several runs? Then name a column `run`");
  }
}

std::map<std::string, Curve> curves_of(const RunTable& table) {
  std::map<std::string, Curve> curves;
  const std::vector<double>& steps = table.values_of("steps");
  for (std::size_t i = 0; i < table.num_runs(); ++i) {
    Curve& curve = curves[table.run.empty() ? "" : table.run[i]];
    curve.rows.push_back(i);
    curve.steps.push_back(whole_step(table, steps[i], table.line[i]));
  }
  return curves;
}

void require_steps(const RunTable& table, const std::string& run, const Curve& curve,
                   const Rates& rates) {
  const auto first = std::find_if(rates.begin(), rates.end(), [](double lr) { return lr > 0; });
  for (std::size_t i = 0; i < curve.rows.size(); ++i) {
    if (curve.steps[i] < first - rates.begin())
      throw InputError(table.path, table.line[curve.rows[i]], "steps",
                       fmt::format("the learning rate is 0 up to step {}", curve.steps[i]),
                       "leave such rows out with ``where`` 'steps > 0'");
    if (curve.steps[i] < static_cast<long>(rates.size())) continue;
    throw InputError(table.path, table.line[curve.rows[i]], "steps",
                     fmt::format("step {} is beyond the end of the schedule{}, {}", curve.steps[i],
                                 run.empty() ? "" : " of run " + shown(run), rates.size() - 1),
                     "check total of ``schedule``");
  }
}

// What is taken to be known between logged rows; empty if they tell every step.
std::string assumed(const Curve& curve) {
  long widest = 1;
  for (auto at = std::next(curve.logged.begin()); at != curve.logged.end(); ++at)
    widest = std::max(widest, at->first - std::prev(at)->first);
  const long first = curve.logged.begin()->first;
  std::string out;
  if (widest > 1) out = fmt::format("linear between rows, up to {} steps apart", widest);
  if (first > 1)
    out +=
        fmt::format("{}constant up to the first row, step {}", out.empty() ? "" : ", and ", first);
  return out;
}

}  // namespace

bool is_curve_input(const std::string& column) {
  return column == name_of(Input::S_1) || column == name_of(Input::S_2) || is_history_name(column);
}

CurveInputs::CurveInputs(const CsvTable& csv, const ReadOptions& options) : reading_(options) {
  const bool has_schedule = !options.schedule.empty();
  const bool has_rates = has_column(csv, options, "steps") && has_column(csv, options, "lr");
  for (const InputColumn& input : options.inputs) {
    const bool is_history = is_history_name(input.name);
    if (is_history && !has_schedule && !has_rates)
      throw InputError(csv.path, csv.header_line(), "",
                       "the law reads the learning rate at every step, and nothing tells it",
                       "give ``schedule``, or columns run, steps and lr");
    const bool is_missing = has_rates && !has_column(csv, options, input.name);
    if (is_history || (is_curve_input(input.name) && (has_schedule || is_missing)))
      computed_.push_back(input.name);
  }
  if (computed_.empty()) return;
  std::erase_if(reading_.inputs, [&](const InputColumn& input) {
    return std::find(computed_.begin(), computed_.end(), input.name) != computed_.end();
  });
  if (!is_asked(reading_, "steps")) reading_.inputs.push_back({"steps", false});
  if (!has_schedule && !is_asked(reading_, "lr")) reading_.inputs.push_back({"lr", false});
}

std::map<std::string, std::vector<double>> curve_values(const std::vector<std::string>& names,
                                                        const Rates& rates,
                                                        const std::vector<long>& steps,
                                                        double& error) {
  std::map<std::string, std::vector<double>> out;
  bool has_nodes = false;
  for (const std::string& name : names) {
    if (name == name_of(Input::S_1)) out[name] = lr_sums(rates, steps);
    if (name == name_of(Input::S_2)) out[name] = lr_annealing(rates, steps);
    has_nodes = has_nodes || is_history_name(name);
  }
  if (!has_nodes) return out;
  const HistoryTree tree(rates);
  for (const long step : steps) {
    History history = tree.at(step, kHistoryNodes);
    error = std::max(error, history.error);
    history.nodes.resize(kHistoryNodes, {0, 1, 1});  // unused: any positive numbers
    for (int k = 0; k < kHistoryNodes; ++k) {
      const HistoryNode& node = history.nodes[static_cast<std::size_t>(k)];
      out[name_of(lr_gap(k))].push_back(node.gap);
      out[name_of(lr_node(k))].push_back(node.lr);
      out[name_of(lr_since(k))].push_back(node.since);
    }
  }
  return out;
}

void CurveInputs::add_to(RunTable& table, RowReader& reader) const {
  if (computed_.empty()) return;
  std::map<std::string, Curve> curves = curves_of(table);
  const bool is_logged = reading_.schedule.empty();
  if (is_logged) add_logged(curves, table, reader);
  const Schedules schedules(reading_.schedule);
  double error = 0;
  std::string assumption;
  for (auto& [run, curve] : curves) {
    const Rates rates = is_logged ? rates_between({curve.logged.begin(), curve.logged.end()})
                                  : schedules.rates(run, table.path);
    require_steps(table, run, curve, rates);
    if (is_logged && assumption.empty()) assumption = assumed(curve);
    for (const auto& [name, values] : curve_values(computed_, rates, curve.steps, error)) {
      std::vector<double>& all = table.further[name];
      all.resize(table.num_runs());
      for (std::size_t i = 0; i < values.size(); ++i) all[curve.rows[i]] = values[i];
    }
  }
  if (!assumption.empty()) table.warnings.push_back(warning<"lr_between_rows">(assumption));
  if (error > threshold_of<"history_thinned">)
    table.warnings.push_back(warning<"history_thinned">(kHistoryNodes, error));
}

}  // namespace isoloss
