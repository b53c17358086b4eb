// Predictions of saved fits, and laws of training curves as published.

#include <cmath>
#include <fstream>

#include "host/answers/predict/asked_runs.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/report/draws.h"
#include "host/report/fit.h"
#include "host/report/prediction.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/scratch_folder.h"
#include "tests/synthetic_runs.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const std::string kTrain = "run == 'cosine_24000' || run == 'constant_24000' || run == 'wsdcon_9'";
const std::string kTest = "run != 'cosine_24000' && run != 'constant_24000' && run != 'wsdcon_9'";

RunTable curves(const std::string& size, const std::string& where, const LawEntry& law) {
  ReadOptions options;
  read_for(law, options);
  options.where = where;
  options.schedule[""] = ISOLOSS_SOURCE "/datasets/lr_schedules.toml";
  return read_runs(ISOLOSS_SOURCE "/datasets/lr_schedule_curves_" + size + ".csv", options);
}

FittedLaw saved(const RunTable& runs, const FitResult& result) {
  return parse_fit(json_report(runs, result), "fit.json");
}

FitOptions without_intervals(const char* law) {
  FitOptions options;
  options.law = law;
  options.num_resamples = 0;
  return options;
}

// Means over the six runs that the benchmark holds out.
PredictionError held_out(const char* name, const std::string& size, double* objective) {
  const LawEntry& law = find_law(name);
  const RunTable train = curves(size, kTrain, law);
  const FitResult result = fit(train, without_intervals(name));
  *objective = result.objective;
  const NewRuns test = new_runs(curves(size, kTest, law), law);
  const auto errors = prediction_errors(predict(saved(train, result), test));
  REQUIRE(errors.size() == 6);
  PredictionError mean;
  for (const PredictionError& own : errors) {
    mean.r2 += own.r2 / 6;
    mean.mean_absolute += own.mean_absolute / 6;
    mean.worst_relative += own.worst_relative / 6;
  }
  return mean;
}

}  // namespace

TEST_CASE("Fitted to three curves the multi-power law predicts six others as published") {
  double objective = 0;
  const PredictionError mean = held_out("multi_power", "25m", &objective);
  CHECK(objective <= 1.3836108031e-04 * (1 + tolerance::kPrintedObjective));
  CHECK(mean.r2 >= 0.9976 - tolerance::kHeldOutR2);
  CHECK(mean.mean_absolute <= 0.00462 * (1 + tolerance::kHeldOut));
  CHECK(mean.worst_relative <= 0.00360 * (1 + tolerance::kHeldOut));
}

TEST_CASE("Fitted to three curves the annealing law predicts six others as computed apart") {
  double objective = 0;
  const PredictionError mean = held_out("lr_annealing", "25m", &objective);
  CHECK(objective <= 2.017892863e-04 * (1 + tolerance::kPrintedObjective));
  CHECK(std::fabs(mean.r2 - 0.9979) <= tolerance::kHeldOutR2);
  CHECK(std::fabs(mean.mean_absolute - 0.00477) <= 0.00477 * tolerance::kHeldOut);
  CHECK(std::fabs(mean.worst_relative - 0.0054) <= 0.0054 * tolerance::kHeldOut);
}

TEST_CASE("Planted parameters of the multi-power law are recovered from curves") {
  const LawEntry& law = find_law("multi_power");
  const Theta planted = typical_theta(law);
  const FitResult result = fit(planted_runs(law, planted), without_intervals("multi_power"));
  for (std::size_t k = 0; k < law.params.size(); ++k) {
    INFO(law.params[k].name);
    CHECK(std::fabs(result.theta[k] - planted[k]) <=
          tolerance::kNoiseFreeValley * std::max(1.0, std::fabs(planted[k])));
  }
}

TEST_CASE("A saved fit predicts what the fit predicted of its own runs") {
  const RunTable& runs = figure4();
  for (const char* text : {"chinchilla", "c0 + A/N^alpha + B/D^beta"}) {
    INFO(text);
    const LawEntry law = choose_law({text, {}, true, ""}, {});
    const FitResult result =
        fit(runs, std::make_shared<const LawEntry>(law), without_intervals("chinchilla"));
    const FittedLaw again = saved(runs, result);
    const Predictions predictions = predict(again, new_runs(runs, again.law));
    for (std::size_t i = 0; i < runs.num_runs(); ++i) {
      const double fitted = runs.loss[i] * std::exp(result.residuals[i]);
      CHECK(std::fabs(predictions.value[i] - fitted) <= tolerance::kClosedForm * fitted);
    }
    CHECK(predictions.warnings.empty());
  }
}

TEST_CASE("Draws give the interval of a prediction, read from either format") {
  FitOptions options;
  options.num_resamples = 50;
  const FitResult result = fit(figure4(), options);
  const FittedLaw again = saved(figure4(), result);
  const NewRuns asked = runs_asked({{"N=7e9", "D=140e9"}, {}, {}}, again.law);
  const ScratchFolder folder;
  const std::string json = folder.file("fit.json");
  std::vector<Interval> intervals;
  for (const char* name : {"draws.npy", "draws.csv"}) {
    const std::string path = folder.file(name);
    std::ofstream(path, std::ios::binary)
        << (path.ends_with(".npy") ? npy_draws(result) : csv_draws(result));
    std::ofstream(json) << json_report(figure4(), result);
    const Predictions predictions = predict(load_fit(json, path), asked);
    intervals.push_back(predictions.interval.at(0));
    CHECK(intervals.back().lower < predictions.value[0]);
    CHECK(predictions.value[0] < intervals.back().upper);
  }
  CHECK(intervals[0].lower == intervals[1].lower);
  CHECK(intervals[0].upper == intervals[1].upper);
}

TEST_CASE("A prediction outside the fitted ranges is called an extrapolation") {
  const FittedLaw again = saved(figure4(), fit(figure4(), without_intervals("chinchilla")));
  const NewRuns near = runs_asked({{"N=1e9,2e9", "D=20e9"}, {}, {}}, again.law);
  CHECK(near.num_rows == 2);
  CHECK(predict(again, near).warnings.empty());
  const NewRuns far = runs_asked({{"N=1e9", "D=20T"}, {}, {}}, again.law);
  const Predictions predictions = predict(again, far);
  REQUIRE(predictions.warnings.size() == 1);
  CHECK(contains(predictions.warnings[0].text, "fitted range of D"));
  CHECK(contains(as_text(describe_prediction(again, predictions)), "extrapolation"));
}

TEST_CASE("What a prediction lacks or cannot read is said") {
  const LawEntry& plain = find_law("chinchilla");
  const LawEntry& curve = find_law("multi_power");
  const auto refused_asked = [](const AskedRuns& asked, const LawEntry& law) {
    return refusal([&] {
      FittedLaw fit;
      fit.law = law;
      predict(fit, runs_asked(asked, law));
    });
  };
  CHECK(contains(refused_asked({{"N=1e9"}, {}, {}}, plain), "reads tokens"));
  CHECK(contains(refused_asked({{"Q=1e9"}, {}, {}}, plain), "does not read \"Q\""));
  CHECK(contains(refused_asked({{"N=-1"}, {}, {}}, plain), "positive"));
  CHECK(contains(refused_asked({{"N=1,2", "D=1,2,3"}, {}, {}}, plain), "2 values"));
  CHECK(contains(refused_asked({{}, {}, {}}, plain), "no runs"));
  CHECK(contains(refused_asked({{}, {"100"}, {}}, curve), "--schedule"));
  CHECK(contains(refused_asked({{}, {"100"}, {"constant:peak=1,total=50"}}, curve), "beyond"));
  CHECK(contains(refusal([] { parse_fit("{}", "x.json"); }), "not a fit"));
  CHECK(contains(refusal([] { parse_fit("loss", "x.json"); }), "not the JSON"));
}

}  // namespace isoloss
