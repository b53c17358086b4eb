#include "host/answers/envelope/run_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::size_t kFewestRows = 5;
constexpr double kStep = 0.01;  // of log C between the places of a smooth curve

using Rows = std::vector<std::size_t>;

std::vector<Rows> rows_by_flops(const RunTable& runs) {
  if (runs.run.empty())
    throw InputError(runs.path, 0, "", "nothing tells the runs apart",
                     "name the column that does: ``group`` run");
  std::vector<Rows> out = rows_by_run(runs);
  for (Rows& rows : out)
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return runs.flops[a] < runs.flops[b]; });
  return out;
}

void require_curve(const RunTable& runs, const Rows& rows) {
  const std::string name = printable(runs.run[rows.front()]);
  if (rows.size() < kFewestRows || runs.flops[rows.front()] == runs.flops[rows.back()])
    throw InputError(
        runs.path, runs.line[rows.front()], "",
        fmt::format("{} has {}, too few for a curve", name, counted(rows.size(), "row")),
        "leave the run out with ``where``");
  for (const std::size_t row : rows)
    if (runs.params[row] != runs.params[rows.front()])
      throw InputError(runs.path, runs.line[row], "", name + " is of several sizes",
                       "name the column that tells runs apart: ``group`` run");
}

RunCurve curve_of(const RunTable& runs, const Rows& rows, double half_width) {
  require_curve(runs, rows);
  std::vector<double> log_C, loss;
  for (const std::size_t row : rows) {
    log_C.push_back(isoloss::log(runs.flops[row]));
    loss.push_back(runs.loss[row]);
  }
  const std::vector<double> places = even_places(log_C.front(), log_C.back(), kStep);
  RunCurve out;
  out.run = runs.run[rows.front()];
  out.params = runs.params[rows.front()];
  out.tokens_a_flop = runs.tokens[rows.back()] / runs.flops[rows.back()];
  out.last_log_C = log_C.back();
  out.loss.first = places.front();
  out.loss.step = places.size() < 2 ? 1 : places[1] - places[0];
  out.loss.values = LocalLines(log_C, places, half_width).of(loss);
  return out;
}

}  // namespace

bool RunCurve::reaches(double log_C) const { return log_C >= loss.first && log_C <= last_log_C; }

std::vector<RunCurve> run_curves(const RunTable& runs, double half_width) {
  std::vector<RunCurve> out;
  std::set<double> sizes;
  for (const Rows& rows : rows_by_flops(runs)) {
    out.push_back(curve_of(runs, rows, half_width));
    sizes.insert(out.back().params);
  }
  if (sizes.size() < 3)
    throw InputError(runs.path, 0, "", counted(sizes.size(), "size") + " make no envelope",
                     "three are needed: a best size lies between a smaller and a larger one");
  return out;
}

}  // namespace isoloss
