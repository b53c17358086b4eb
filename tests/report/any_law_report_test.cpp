// Reports of laws that read other things than N and D, or predict something else than the loss.

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/report/fit.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/synthetic_runs.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

struct Fitted {
  RunTable runs;
  FitResult fit;
  std::string text;
  Json json;
};

Fitted fitted(const std::string& csv, FitOptions options, ReadOptions read = {}) {
  options.num_resamples = 20;
  const LawRequest request{options.law, {}, !options.linear_residual, read.response};
  const LawEntry law = choose_law(request, {});
  read_for(law, read);
  Fitted out;
  out.runs = parse_runs(csv, "x.csv", read);
  out.fit = fit(out.runs, options);
  out.text = as_text(describe_fit(out.runs, out.fit));
  out.json = Json::parse(json_report(out.runs, out.fit));
  return out;
}

FitOptions of_law(const char* law) {
  FitOptions options;
  options.law = law;
  return options;
}

// Runs of a law as a file with the columns that it reads, and its response.
std::string csv_of(const char* name, int num = 40) {
  const LawEntry& law = find_law(name);
  const RunTable runs = planted_runs(law, typical_theta(law), 0.001, 3, num);
  std::ostringstream out;
  out.precision(17);
  for (const LawInput& input : law.inputs) out << input.column << ",";
  out << law.response << "\n";
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    for (const LawInput& input : law.inputs) out << runs.values_of(input.column)[i] << ",";
    out << runs.loss[i] << "\n";
  }
  return out.str();
}

}  // namespace

TEST_CASE("A law that reads tokens alone needs no other column and has no optimum") {
  const Fitted one = fitted(csv_of("kaplan_tokens"), of_law("kaplan_tokens"));
  CHECK(one.runs.params.empty());
  CHECK(contains(one.text, "40 of 40 runs   D "));
  CHECK(!contains(one.text, "   N "));
  CHECK(!contains(one.text, "optimum"));
  CHECK(one.json.at("exponents").is_null());
  CHECK(one.json.at("optima").empty());
  REQUIRE(one.json.at("inputs").size() == 1);
  CHECK(one.json.at("inputs")[0].at("symbol") == "D");
  CHECK(one.json.at("inputs")[0].at("column") == "tokens");
  CHECK(one.json.at("response") == "loss");
  CHECK(one.json.at("residual") == "log");
}

TEST_CASE("A report shows the range of everything that a law reads") {
  const Fitted steps = fitted(csv_of("kaplan_steps"), of_law("kaplan_steps"));
  CHECK(contains(steps.text, "   N "));
  CHECK(contains(steps.text, "   S "));
  CHECK(!contains(steps.text, "FLOP\n"));
  const Fitted both = fitted(csv_of("overtraining"), of_law("overtraining"));
  CHECK(contains(both.text, "   D "));
  CHECK(contains(both.text, "FLOP\n"));
  CHECK(contains(both.text, "optimum    N ~ C^"));
}

TEST_CASE("A response other than the loss is named where the loss would be") {
  const Fitted task = fitted(csv_of("overtraining_error"), of_law("overtraining_error"));
  CHECK(task.json.at("response") == "error");
  CHECK(contains(task.text, "   error 0."));
  CHECK(contains(task.text, "Huber on log error, delta 0.001"));
  ReadOptions read;
  read.column["error"] = "wrong";
  std::string renamed = csv_of("overtraining_error");
  renamed.replace(renamed.find("error"), 5, "wrong");
  const Fitted other = fitted(renamed, of_law("overtraining_error"), read);
  CHECK(contains(other.text, "Huber on log wrong"));
  CHECK(other.fit.objective == task.fit.objective);
}

TEST_CASE("Linear residuals are of the response itself, whatever its sign") {
  FitOptions options = of_law("power_constant");
  options.linear_residual = true;
  const LawEntry law = find_law("power_constant").with_linear_residual(1);
  const Theta planted = typical_theta(law);
  std::ostringstream csv;
  csv.precision(17);
  csv << "x,y\n";
  for (int i = 1; i <= 30; ++i) {
    const double x = i * i;
    const double noise = i % 2 == 0 ? 1e-3 : -1e-3;
    csv << x << "," << law.predict(planted, std::vector{std::log(x)}) + noise << "\n";
  }
  csv << "1e15,-0.5\n";  // below zero, where the log has no value
  ReadOptions read;
  read.response = "y";
  const Fitted linear = fitted(csv.str(), options, read);
  CHECK(linear.runs.num_runs() == 31);
  CHECK(linear.json.at("residual") == "linear");
  CHECK(linear.json.at("response") == "y");
  CHECK(contains(linear.text, "Huber on y, delta 0.001"));
  CHECK(contains(linear.text, "outlier"));
  options.linear_residual = false;
  CHECK(contains(refusal([&] { fitted(csv.str(), options, read); }), "must be > 0"));
}

TEST_CASE("Budgets asked of a law without an optimum are refused") {
  FitOptions options = of_law("kaplan_tokens");
  options.compute = {1e21};
  const std::string csv = csv_of("kaplan_tokens");
  CHECK(refusal([&] { fitted(csv, options); }) ==
        "--compute: kaplan_tokens has no compute-optimal model, which takes a law of N and D "
        "alone; leave out --compute; of a formula of N and D, isoloss optimum has it");
}

TEST_CASE("An input that does not vary is named where it hides a parameter") {
  std::ostringstream csv;
  csv.precision(17);
  csv << "params,steps,loss\n";
  for (int i = 1; i <= 20; ++i) csv << 1e7 * i * i << ",1000," << 2 + 3.0 / i << "\n";
  const Fitted flat = fitted(csv.str(), of_law("kaplan_steps"));
  CHECK(flat.fit.status == Status::not_identifiable);
  CHECK(contains(flat.fit.warnings.front().text, "S does not vary"));
  CHECK(contains(flat.fit.warnings.front().text, "vary N and S independently"));
}

}  // namespace isoloss
