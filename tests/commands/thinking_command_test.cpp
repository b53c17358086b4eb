// isoloss optimum --samples-per-query as its user meets it.

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kOfRuns = "optimum datasets/chinchilla_figure4.csv --drop-highest-loss 5 ";

}  // namespace

TEST_CASE("Samples a query are text, JSON and a chart, or refused with advice") {
  const std::string of = "optimum --published besiroglu2024 --accuracy 'exp(-2*(loss-1.75))' ";
  const std::string weighed = of + "--sample-exponent 0.1 --samples-per-query 1,4 ";
  const std::string asked = weighed + "--target-accuracy 50% --inference-tokens 0,1T ";
  const std::string text = run_program(asked + "--plot").output;
  for (const char* part : {"of k samples its power k^-0.1", "50.0%; one sample needs a loss of",
                           "What so many samples cost", "pays below"})
    CHECK(contains(text, part));
  std::istringstream lines(
      run_program(std::string(kOfRuns) + "--bootstrap 60 " + asked.substr(asked.find("--accuracy")))
          .output);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
  const auto json = nlohmann::json::parse(run_program(asked + "--json -").output);
  CHECK(json.at("question") == "thinking");
  CHECK(json.at("answers").at(0).at("samples") == 4);
  CHECK(contains(run_program(asked + "--report -").output, "sample 4 times a query"));
  CHECK(run_program(weighed + "--target-accuracy 99.9% --inference-tokens 0").exit_code == 1);
  const std::string served = "--inference-tokens 1T ";
  CHECK(contains(refused_command(weighed + "--target-accuracy 50%"), "how often is it asked?"));
  CHECK(contains(refused_command(weighed + served), "how accurate?"));
  CHECK(contains(refused_command(weighed + served + "--quality-of 1e300"),
                 "no compute-optimal model of --quality-of"));
  CHECK(contains(refused_command(weighed + served + "--quality-of 10"),
                 "ask for a model whose accuracy lies between 0 and 1"));
  CHECK(contains(refused_command(asked + "--quality-of 13B"), "the accuracy is named twice"));
  CHECK(contains(refused_command(weighed + served + "--target-accuracy 80"), "80%, or 0.8"));
  CHECK(contains(refused_command(of + served + "--target-accuracy 50%"), "how many samples"));
  CHECK(contains(refused_command(of + served + "--target-accuracy 50% --samples-per-query 1,4"),
                 "give --sample-exponent"));
  CHECK(contains(refused_command(of + "--samples-per-query 1.5 --target-accuracy 50% " + served),
                 "is no number of samples"));
  for (const char* other : {"--overhead 10%", "--choose-bits 8,4", "--params 8B --tokens 15T",
                            "--compute 1e22", "--compute-formula 6*N*D", "--compute-from flops"})
    CHECK(contains(refused_command(asked + other), "is no question of --samples-per-query"));
  CHECK(contains(refused_command("optimum --published besiroglu2024 --accuracy nowhere.json "
                                 "--samples-per-query 1 --target-accuracy 50% " +
                                 served),
                 "nowhere.json"));
}

}  // namespace isoloss
