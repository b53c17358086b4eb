// `isoloss count` as a user runs it.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/answers/count/conventions.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

const std::string kMixtral =
    "count --layers 32 --d-model 4096 --d-ff 14336 --heads 32 --kv-heads 8 --vocab 32k --seq 32768 "
    "--gated --untied --experts 8 --experts-active 2 --tokens 1T";

}  // namespace

TEST_CASE("A count shows every convention, in 100 columns") {
  const ProgramRun run = run_program(kMixtral);
  CHECK(run.exit_code == 0);
  for (const Convention& own : conventions()) CHECK(contains(run.output, own.name));
  CHECK(contains(run.output, "46,702,526,464"));
  CHECK(longest_line(run.output) <= 100);
  const std::string dense = run_program("count --layers 2 --d-model 64 --vocab 99 --seq 8").output;
  for (const Convention& own : conventions()) CHECK(contains(dense, own.name) == !own.only_experts);
  CHECK(contains(dense, "softmax is left out"));
}

TEST_CASE("The JSON of a count has every digit") {
  const auto json = nlohmann::json::parse(run_program(kMixtral + " --json -").output);
  CHECK(json["schema"] == "isoloss/count");
  CHECK(json["params"]["total"] == 46702526464.0);
  CHECK(json["params"]["active"] == 12879659008.0);
  CHECK(json["shape"]["d_ff_expert"] == 14336);
  CHECK(json["conventions"].size() == conventions().size());
  for (const auto& own : json["conventions"])
    CHECK(own["flops"] == own["flops_per_token"].get<double>() * 1e12);
}

TEST_CASE("Counts are converted both ways on the command line") {
  const auto there = nlohmann::json::parse(
      run_program("count --count-from kaplan --params 8M --vocab 12k --aspect 12 --json -").output);
  CHECK(there["kind"] == "conversion");
  CHECK(there["omega"] == 12000.0);
  CHECK(there["models"][0]["total"] == 8e6 + 12000 * 200.0);
  const auto back = nlohmann::json::parse(
      run_program("count --count-from total --params 10.4M --vocab 12k --aspect 12 --json -")
          .output);
  CHECK(back["models"][0]["non_embedding"] == 8e6);
  const std::string text = run_program("count --count-from kaplan --params 1e6,1e9").output;
  CHECK(contains(text, "omega 47491 (Pearce & Song 2024"));
  const std::string derived =
      run_program("count --count-from total --params 1e9 --untied --seq 1k --learned-positions")
          .output;
  CHECK(contains(derived, "vocabulary 32000 twice, 1000 positions"));
  CHECK(std::max(longest_line(text), longest_line(derived)) <= 100);
}

TEST_CASE("A count that cannot be made says what to do") {
  CHECK(contains(refused_command("count --layers 3"),
                 "missing: --d-model, --vocab, --seq; write isoloss"));
  CHECK(contains(refused_command("count --layers 0"), "no number from 1 to 1e+09"));
  CHECK(contains(refused_command("count --layers 1.5"), "no whole number"));
  CHECK(contains(refused_command("count --params 1e9"), "add --count-from"));
  CHECK(contains(refused_command("count --layers 3 --d-model 64 --heads 31 --vocab 9 --seq 9"),
                 "no multiple of 31 heads"));
  const std::string convert = "count --count-from total ";
  CHECK(contains(refused_command(convert), "add --params"));
  CHECK(contains(refused_command(convert + "--params 0"), "no number from 1"));
  CHECK(contains(refused_command(convert + "--params 1e9 --layers 3"),
                 "--layers beside --count-from"));
  CHECK(contains(refused_command(convert + "--params 1e9 --gated"), "--gated beside"));
  CHECK(contains(refused_command(convert + "--params 1e9 --tokens 3"), "--tokens beside"));
  CHECK(contains(refused_command(convert + "--params 1e9 --seq 8"), "go together"));
  CHECK(contains(refused_command(convert + "--params 1e9 --exponent 2"), "no number from 0.01"));
}

}  // namespace isoloss
