// isoloss optimum as its user meets it.

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

std::string refusal_of(const std::string& arguments) {
  return refused_command("optimum " + arguments);
}

constexpr const char* kOptimum = "optimum datasets/chinchilla_figure4.csv --drop-highest-loss 5 ";

}  // namespace

TEST_CASE("The optimum of runs, of their saved fit and of a fit's report are one") {
  const ScratchFolder scratch;
  const std::string folder = scratch.file("fit");
  run_program(
      "fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --bootstrap 200 --quiet "
      "--compute 5.76e23 --json " +
      folder + ".json --draws " + folder + ".npy");
  const std::string of_runs =
      run_program(std::string(kOptimum) + "--bootstrap 200 --compute 5.76e23 --json -").output;
  const std::string of_fit = run_program("optimum --fit " + folder + ".json --draws " + folder +
                                         ".npy --compute 5.76e23 --json -")
                                 .output;
  const auto runs = nlohmann::json::parse(of_runs).at("answers").at(0);
  const auto fit = nlohmann::json::parse(of_fit).at("answers").at(0);
  for (const char* key : {"params", "tokens", "loss", "tokens_per_param"}) {
    INFO(key);
    const double value = runs.at(key).at("value");
    CHECK(fit.at(key).at("value").get<double>() == Approx(value).epsilon(tolerance::kOptimum));
    const double lower = runs.at(key).at("interval").at(0);
    CHECK(fit.at(key).at("interval").at(0).get<double>() ==
          Approx(lower).epsilon(tolerance::kOptimum));
  }
  CHECK(runs.at("extrapolation").get<double>() ==
        Approx(fit.at("extrapolation").get<double>()).epsilon(tolerance::kClosedForm));
}

TEST_CASE("What a flat optimum leaves open stands in the text, the JSON and the page") {
  const std::string asked = "optimum --published besiroglu2024 --compute 5.76e23,1e25 ";
  const std::string text = run_program(asked).output;
  CHECK(contains(text, "within 0.1%"));
  CHECK(contains(text, "5.76e23  N  46.3B .. 113B"));
  const auto answers = nlohmann::json::parse(run_program(asked + "--json -").output).at("answers");
  for (const auto& answer : answers) {
    REQUIRE(answer.at("flat_ranges").size() == 3);
    for (const auto& range : answer.at("flat_ranges")) {
      const double N = range.at("least_params").at("value"),
                   D = range.at("most_tokens").at("value");
      CHECK(6 * N * D == Approx(answer.at("flops").at("value").get<double>()));
    }
  }
  CHECK(contains(run_program(asked + "--report -").output, "What a flat optimum means"));
}

TEST_CASE("Reports of every question fit a terminal of 100 columns") {
  for (const char* question :
       {"--compute 5.76e23,1e26", "--params 13B,70B", "--tokens 1T", "--loss 2.0,1.9",
        "--quality-of 13B --inference-tokens sweep", "--compute 1e24 --inference-tokens 1T",
        "--quality-of 13B --overhead 10%,30%,100%", "--params 8B,70B,405B --tokens 15T",
        "--quality-of 13B --requests 1e9 --input-tokens 70 --output-tokens 215 --train-price 2 "
        "--train-peak 989e12 --train-utilisation 0.4 --output-utilisation 0.02"}) {
    const ProgramRun run = run_program(std::string(kOptimum) + "--bootstrap 60 " + question);
    INFO(question << "\n" << run.output);
    CHECK(run.exit_code == 0);
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
  }
}

TEST_CASE("Every recipe answers for a budget") {
  const std::string list = run_program("optimum --list").output;
  std::istringstream lines(list);
  std::string line;
  std::getline(lines, line);
  int num = 0;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    std::string more;
    if (name == "muennighoff2023") more = " --unique-tokens 1T";
    if (name == "ludziejewski2025") more = " --input experts=8";
    if (name == "kumar2024") more = " --choose-bits 16,8";
    const ProgramRun run =
        run_program("optimum --published " + name + " --compute 1e22 --json -" + more);
    INFO(name);
    REQUIRE(run.exit_code == 0);
    const auto answer = nlohmann::json::parse(run.output).at("answers").at(0);
    const auto number = [&](const char* key) {
      const auto& at = answer.at(key);
      return at.is_object() ? at.at("value").get<double>() : at.get<double>();
    };
    CHECK(number("params") > 1e8);
    CHECK(number("tokens") > 1e9);
    ++num;
  }
  CHECK(num >= 15);
}

TEST_CASE("Nonsense is refused with advice") {
  const std::string of = "--published hoffmann2022 ";
  CHECK(contains(refusal_of(""), "of which law?"));
  CHECK(contains(refusal_of("--published nobody --compute 1e22"), "they are kaplan2020"));
  CHECK(contains(refusal_of(of), "for which budget?"));
  CHECK(contains(refusal_of(of + "--compute -1e22"), "not a positive number"));
  CHECK(contains(refusal_of(of + "--compute 6667"), "8.64e19"));
  CHECK(contains(refusal_of(of + "--loss 1.6"), "it is still 1.69337"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --inference-tokens 1e24"), "in tokens, not in FLOP"));
  CHECK(contains(refusal_of(of + "--inference-tokens 1e12"), "needs one thing to reach"));
  CHECK(contains(refusal_of(of + "--loss 2 --compute 1e23"), "named twice"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --requests 1e9"), "tokens of one"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --inference-tokens 1T --train-utilisation 40"),
                 "no share of the peak"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --inference-tokens 1T --serve-price 2"),
                 "--train-price too"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --memory 24"), "write 24GB"));
  CHECK(contains(refusal_of("--published kaplan2020 --loss 2"), "knows no loss"));
  CHECK(contains(refusal_of("--published muennighoff2023 --compute 1e22"), "unique_tokens"));
  CHECK(contains(refusal_of(of + "--input experts=8 --compute 1e22"), "does not read"));
}

TEST_CASE("Memory holds all parameters of a mixture of experts") {
  const std::string of =
      "optimum --published ludziejewski2025 --input experts=8 --compute 1e30 --json - ";
  const auto largest = [&](const std::string& limit) {
    return nlohmann::json::parse(run_program(of + limit).output)["answers"][0]["params"]["value"]
        .get<double>();
  };
  CHECK(largest("--memory 10GB --total-per-active 4") == Approx(1.25e9));
  CHECK(largest("--max-params 1.25e9") == Approx(1.25e9));
}

TEST_CASE("What a device holds in the time of a token is asked in units, and of a device") {
  const std::string of = "--published hoffmann2022 --compute 1e22 ";
  CHECK(contains(refusal_of(of + "--max-latency 50ms"), "on which device? give --served-on h100"));
  CHECK(contains(refusal_of(of + "--peak 1e15"), "--peak without --bandwidth"));
  CHECK(contains(refusal_of(of + "--served-on h100 --max-latency 50"), "write 50ms/token"));
  CHECK(contains(refusal_of(of + "--bandwidth 3.35e12"), "write 3.35TB/s"));
  CHECK(contains(refusal_of(of + "--served-on nothing"), "they are phone"));
  CHECK(contains(refusal_of(of + "--served-on h100 --batch 1.5"), "no whole number"));
  CHECK(contains(refusal_of(of + "--served-on phone --batch 8"), "the peak is not known"));
  CHECK(contains(refusal_of(of + "--served-on h100 --batch 64 --cache 2GB"),
                 "keys and values alone exceed the device"));
  CHECK(contains(refusal_of(of + "--batch 8"), "--batch without --memory"));
  const std::string names = run_program("optimum " + of + "--served-on h100 --bits 8 --batch 4 " +
                                        "--bandwidth 1TB/s --max-latency 10ms/token")
                                .output;
  CHECK(contains(names, "H100 data sheet"));
  CHECK(contains(names, "1000 GB/s of memory"));
  CHECK(contains(names, "limit      10.0B parameters, by bandwidth"));
}

TEST_CASE("A device says nothing of bits that are chosen") {
  const std::string of =
      "optimum --published kumar2024 --compute 1e22 --choose-bits 16,4 --served-on phone ";
  const std::string text = run_program(of).output;
  CHECK(contains(text, "weights of the bits that are chosen, a batch of 1"));
  CHECK(!contains(text, "limit  "));
  const auto serving = nlohmann::json::parse(run_program(of + "--json -").output).at("serving");
  for (const char* key : {"bits", "max_params", "bound_by", "turning_batch"})
    CHECK(serving.at(key).is_null());
}

TEST_CASE("Bits as a choice have one price, and a price alone says what it leaves out") {
  const std::string of = "--published kumar2024 --compute 1e20 ";
  CHECK(contains(refusal_of(of + "--choose-bits 8 --bits 4"), "leave out --bits"));
  CHECK(contains(refusal_of(of + "--choose-bits 0.5"), "no number of bits"));
  CHECK(contains(refusal_of(of + "--choose-bits 8 --inference-tokens 1T --serving-factor 0.5"),
                 "leave out --serving-factor"));
  CHECK(contains(run_program("optimum --published besiroglu2024 --loss 2.1 --inference-tokens 1T "
                             "--serving-factor 0.5 2>&1")
                     .output,
                 "serving_factor_alone"));
}

TEST_CASE("Options that would change nothing are refused") {
  const std::string of = "--published hoffmann2022 ";
  CHECK(contains(refusal_of(of + "--compute 1e22 --bits 4"), "without --memory"));
  CHECK(contains(refusal_of(of + "--compute 1e22 --total-per-active 4"), "all of its parameters"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --memory 24GB --total-per-active 4"),
                 "is all of its parameters"));
  CHECK(contains(refusal_of(of + "--compute 1e22 --law kaplan"), "goes with a file of runs"));
  CHECK(contains(refusal_of(of + "--loss 2.1 --inference-tokens 1T --output-utilisation 0.1"),
                 "--requests"));
  CHECK(contains(refusal_of(of + "--compute 1e22 --input params=3"), "cannot be held"));
  CHECK(contains(refusal_of(of + "--compute 1e22 --flops-per-token-param -3"), "must be positive"));
  CHECK(contains(refusal_of("--published kaplan2020 --compute 1e22 --max-params 1B"),
                 "no other cost"));
  CHECK(
      contains(refusal_of("--published kaplan2020 --params 175B --tokens 300B"), "no other cost"));
}

TEST_CASE("A quality is that of the unlimited model, and a limit holds for what reaches it") {
  const auto answer = [](const std::string& more) {
    const std::string text =
        run_program("optimum --published besiroglu2024 --max-params 24B --json - " + more).output;
    return nlohmann::json::parse(text).at("answers").at(0);
  };
  const auto of_size = answer("--quality-of 70B");
  CHECK(of_size.at("end") == "at_max_params");
  const double loss = of_size.at("loss").at("value");
  const auto of_loss = answer("--loss " + std::to_string(loss));
  CHECK(of_loss.at("tokens").at("value").get<double>() ==
        Approx(of_size.at("tokens").at("value").get<double>()).epsilon(tolerance::kThreeDigits));
}

TEST_CASE("Draws of another fit are refused") {
  const ScratchFolder folder;
  const std::string base = folder.file("fit");
  const std::string fit = "fit datasets/chinchilla_figure4.csv --bootstrap 100 --quiet ";
  run_program(fit + "--json " + base + ".json --draws " + base + ".npy");
  run_program(fit + "--drop-highest-loss 5 --draws " + base + "2.npy --json " + base + "2.json");
  const std::string of = "--compute 1e22 --fit " + base + ".json --draws " + base;
  CHECK(run_program("optimum " + of + ".npy").exit_code == 0);
  CHECK(contains(refusal_of(of + "2.npy"), "not the draws of"));
}

TEST_CASE("A law that is level along a budget has no optimum") {
  const ProgramRun run =
      run_program(std::string(kOptimum) + "--law 'E + A/(N*D)^alpha' --bootstrap 0 --compute 1e24");
  CHECK(run.exit_code == 1);
  CHECK(contains(run.output, "there is no optimum"));
}

TEST_CASE("Compute beyond what the data can use is said") {
  const ProgramRun run = run_program(
      "optimum --published muennighoff2023 --unique-tokens 1e9 --compute 1e25,1e26 2>&1");
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "on more compute gains nothing"));
  CHECK(contains(run.output, "more unique tokens would help"));
}

TEST_CASE("Limits that leave nothing are said, with exit code 1") {
  const ProgramRun run = run_program(
      "optimum --published hoffmann2022 --compute 1e24 --max-params 1B --unique-tokens 1T");
  CHECK(run.exit_code == 1);
  CHECK(contains(run.output, "there is no optimum"));
}

TEST_CASE("The best pair under a written cost is text, JSON and a chart, or refused with advice") {
  const std::string asked = "optimum --published besiroglu2024 --compute-formula '6*N*D + 1e9*N' ";
  const std::string text = run_program(asked + "--compute 1e21,1e23 --plot").output;
  for (const char* part :
       {"6*N*D + 1e9*N", "2.76B   60.1B   2.3058", "The best pair; up: quantity"})
    CHECK(contains(text, part));
  const auto json = nlohmann::json::parse(run_program(asked + "--compute 1e21 --json -").output);
  CHECK(json.at("question") == "pair");
  CHECK(json.at("pair") == nlohmann::json{"params", "tokens"});
  CHECK(contains(refused_command(asked), "for which budget? give --compute 1e21"));
  CHECK(contains(refused_command(asked + "--loss 2"), "--loss is no question of"));
  CHECK(contains(refused_command(asked + "--memory 24GB --compute 1e21"), "is no question of"));
  CHECK(contains(refused_command(asked + "--input tokens=1e9 --compute 1e21"), "1 is not held"));
}

TEST_CASE("Generated tokens are text, JSON and charts, or refused with advice") {
  const std::string of = "optimum --published besiroglu2024 --compute 1e22,1e24 ";
  const std::string real = of + "--unique-tokens 100B ";
  const std::string asked = real + "--synthetic-cost 2*7B --synthetic-worth 0.5:0.2..0.9 ";
  const std::string text = run_program(asked + "--plot").output;
  for (const char* part : {"1.4e10 FLOP", "0.5 of a real token, 0.2 .. 0.9", "each seen once",
                           "What generated tokens do to the loss"})
    CHECK(contains(text, part));
  const auto json = nlohmann::json::parse(run_program(asked + "--json -").output);
  CHECK(json.at("question") == "synthetic");
  CHECK(json.at("answers").size() == 2);
  const auto refused = [](const std::string& line) { return refused_command(line); };
  CHECK(contains(refused(real + "--synthetic-cost 1e11"), "--synthetic-worth 0.3"));
  CHECK(contains(refused(real + "--synthetic-worth 0.3"), "--synthetic-cost 2*70B"));
  CHECK(contains(refused(asked + "--target-accuracy 60%"), "no question of generated tokens"));
  CHECK(contains(refused(of + "--synthetic-worth 0.3 --synthetic-cost 1e11"), "--unique-tokens 1"));
  CHECK(contains(refused(asked + "--loss 2"), "--loss is no question of generated"));
  CHECK(contains(refused(asked + "--requests 1e9"), "for training alone"));
  CHECK(contains(refused(real + "--synthetic-cost 2*x --synthetic-worth 0.3"), "or 2*70B"));
  CHECK(contains(refused(real + "--synthetic-cost 1e11 --synthetic-worth 200"), "200 real ones"));
  CHECK(contains(refused(real + "--synthetic-cost 1e11 --synthetic-worth 0.3:1"), "0.3:0.1..0.6"));
  CHECK(contains(refused("optimum --published kaplan2020 --compute 1e22 --unique-tokens 1T "
                         "--synthetic-cost 1e11 --synthetic-worth 0.3"),
                 "no other cost"));
}

}  // namespace isoloss
