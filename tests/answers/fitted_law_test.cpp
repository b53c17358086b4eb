// A fitted law goes through JSON and back equal, and what is no fit of this program is refused.

#include "host/answers/fitted_law.h"

#include <cmath>
#include <fstream>
#include <functional>

#include <nlohmann/json.hpp>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/report/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/synthetic_runs.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

FittedLaw fitted(const RunTable& runs, LawEntry law, const FitOptions& options) {
  FitResult result = fit(runs, std::make_shared<const LawEntry>(std::move(law)), options);
  return law_of_fit(std::make_shared<const FittedRuns>(FittedRuns{runs, std::move(result)}));
}

std::string json_of(const FittedLaw& law) { return json_report(law.made->runs, law.made->fit); }

void check_equal(const FittedLaw& again, const FittedLaw& law) {
  CHECK(again.law.name == law.law.name);
  CHECK(again.law.formula == law.law.formula);
  CHECK(again.response == law.response);
  REQUIRE(again.law.num_params() == law.law.num_params());
  for (int k = 0; k < law.law.num_params(); ++k) {
    const auto index = static_cast<std::size_t>(k);
    INFO(law.law.params[index].name);
    CHECK(again.law.params[index].name == law.law.params[index].name);
    CHECK(again.law.is_log(k) == law.law.is_log(k));
    CHECK(again.theta()[index] == law.theta()[index]);
    CHECK(again.intervals[index].has_value() == law.intervals[index].has_value());
    if (!law.intervals[index]) continue;
    CHECK(again.intervals[index]->lower == law.intervals[index]->lower);
    CHECK(again.intervals[index]->upper == law.intervals[index]->upper);
  }
  REQUIRE(again.ranges.size() == law.ranges.size());
  for (std::size_t i = 0; i < law.ranges.size(); ++i) {
    CHECK(again.ranges[i].column == law.ranges[i].column);
    CHECK(again.ranges[i].least == law.ranges[i].least);
    CHECK(again.ranges[i].largest == law.ranges[i].largest);
  }
  CHECK(again.largest_flops == law.largest_flops);
  CHECK(again.flops_per_token_param == law.flops_per_token_param);
  CHECK(again.confidence == law.confidence);
  CHECK(again.withholds == law.withholds);
  CHECK(again.draws_checksum == draws_checksum(law.made->fit));
  CHECK(again.status == law.status);
  CHECK(again.warnings == law.warnings);
  CHECK(again.outcome() == law.outcome());
}

FitOptions few_resamples() {
  FitOptions options;
  options.num_resamples = 8;
  return options;
}

// JSON of a fit with one key changed.
std::string changed(const std::function<void(nlohmann::json&)>& change) {
  static const std::string json =
      json_of(fitted(figure4(), find_law("chinchilla"), few_resamples()));
  nlohmann::json out = nlohmann::json::parse(json);
  change(out);
  return out.dump();
}

std::string refusal_of(const std::function<void(nlohmann::json&)>& change) {
  return refusal([&] { parse_fit(changed(change), "fit.json"); });
}

}  // namespace

TEST_CASE("A fit of every law goes through JSON and back equal") {
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 3, 48);
    const FittedLaw own = fitted(runs, law, few_resamples());
    check_equal(parse_fit(json_of(own), "fit.json"), own);
  }
}

TEST_CASE("A fit of formulas and every objective goes through JSON and back equal") {
  const RunTable runs = figure4();
  FitOptions options = few_resamples();
  options.confidence = 0.8;
  options.flops_per_token_param = 5;
  for (const char* text : {"E + A/N^alpha", "c0 - c1*log(N) + A/D^beta", "chinchilla"}) {
    for (const ResidualKind kind :
         {ResidualKind::huber, ResidualKind::squared, ResidualKind::absolute}) {
      for (const bool is_log : {true, false}) {
        INFO(text << " objective " << static_cast<int>(kind) << " log " << is_log);
        options.residual_loss.kind = kind;
        LawEntry law = choose_law({text, {}, is_log, "loss"}, {});
        if (!is_log) law = scaled_to(law, runs);
        const FittedLaw own = fitted(runs, law, options);
        check_equal(parse_fit(json_of(own), "fit.json"), own);
      }
    }
  }
}

TEST_CASE("A saved formula is asked again whatever its columns are called") {
  const ScratchFolder scratch;
  const std::string fit = scratch.file("fit.json"), rows = scratch.file("rows.csv");
  std::ofstream(rows) << "x,y\n100,13\n";
  CHECK(run_program("fit datasets/nist/Misra1a.csv --law 'b1*(1 - exp(-b2*x))' --response y "
                    "--objective squared --bootstrap 0 --quiet --json " +
                    isoloss::quoted(fit) + " 2>/dev/null")
            .exit_code <= 1);
  const ProgramRun asked =
      run_program("predict --fit " + isoloss::quoted(fit) + " " + isoloss::quoted(rows));
  CHECK(asked.exit_code <= 1);
  CHECK(contains(asked.output, "1 prediction of y"));
}

TEST_CASE("What is no fit of this program is refused, and why") {
  CHECK(contains(refusal_of([](auto& json) { json.erase("status"); }), "no key status"));
  CHECK(contains(refusal_of([](auto& json) { json["status"] = "fine"; }), "fine is no status"));
  CHECK(contains(refusal_of([](auto& json) { json["inputs"] = nlohmann::json::array(); }),
                 "no range of the law's input"));
  CHECK(contains(refusal_of([](auto& json) { json["schema_version"] = 1; }), "another version"));
  CHECK(contains(refusal_of([](auto& json) { json["schema_version"] = 99; }), "another version"));
  CHECK(contains(refusal_of([](auto& json) { json["params"].erase("alpha"); }), "alpha"));
}

TEST_CASE("An unsound fit stays unsound in a file") {
  const std::string json = changed([](nlohmann::json& own) { own["status"] = "not_identifiable"; });
  const FittedLaw law = parse_fit(json, "fit.json");
  CHECK(law.outcome() == Outcome::unsound);
  REQUIRE(!law.warnings.empty());
  CHECK(law.warnings[0].name == "not_identifiable");
}

TEST_CASE("Draws with one number changed are those of another fit") {
  const FittedLaw law = fitted(figure4(), find_law("chinchilla"), few_resamples());
  std::vector<double> draws;
  for (std::size_t draw = 1; draw < law.thetas.size(); ++draw)
    for (int k = 0; k < law.law.num_params(); ++k)
      draws.push_back(law.law.shown(k, law.thetas[draw][static_cast<std::size_t>(k)]));
  const std::string saved = parse_fit(json_of(law), "fit.json").draws_checksum;
  CHECK(checksum_of(draws) == saved);
  draws[16] = std::nextafter(draws[16], 0);
  CHECK(checksum_of(draws) != saved);
  CHECK(checksum_of({}).empty());
}

}  // namespace isoloss
