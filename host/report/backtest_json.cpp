#include "host/report/backtest.h"
#include "host/report/held_out_parts.h"

namespace isoloss {
namespace {

Json interval_json(const Interval& own) { return {number_json(own.lower), number_json(own.upper)}; }

Json run_json(const BacktestRun& run, bool has_intervals) {
  Json out{{"line", run.line},
           {"times", number_json(run.times)},
           {"measured", number_json(run.measured)},
           {"predicted", number_json(run.predicted)}};
  if (!has_intervals) return out;
  out["interval"] = interval_json(run.curve);
  out["new_run_interval"] = interval_json(run.new_run);
  return out;
}

Json stop_json(const BacktestStop& stop) {
  Json out{{"holdout", stop.holdout.text()}, {"at", stop.at}};
  if (!stop.error) {
    out["failure"] = stop.failure;
    return out;
  }
  Json runs = Json::array();
  for (const BacktestRun& run : stop.runs) runs.push_back(run_json(run, stop.has_intervals));
  out["num_fitted"] = stop.num_fitted;
  out["status"] = status_name(stop.status);
  out["error"] = held_out_json(*stop.error);
  if (stop.has_intervals) {
    out["share_in_interval"] = stop.share_in_curve;
    out["share_in_new_run_interval"] = stop.share_in_new_run;
  }
  out["runs"] = runs;
  return out;
}

}  // namespace

std::string backtest_json(const Backtest& answer) {
  Json stops = Json::array();
  for (const BacktestStop& stop : answer.stops) stops.push_back(stop_json(stop));
  return json_text({{"schema", "isoloss/backtest"},
                    {"schema_version", 1},
                    {"isoloss_version", ISOLOSS_VERSION},
                    {"path", answer.path},
                    {"law", answer.law},
                    {"response", answer.response},
                    {"quantity", answer.question.quantity},
                    {"num_resamples", answer.num_resamples},
                    {"seed", answer.seed},
                    {"confidence", answer.confidence},
                    {"stops", stops},
                    {"warnings", warnings_json(answer.warnings)}});
}

}  // namespace isoloss
