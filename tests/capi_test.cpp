// The C interface gives in the process what the program gives, and keeps to itself.

#include "host/capi.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "host/commands/commands.h"
#include "tests/catch.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;
using Words = std::vector<const char*>;

struct Free {
  void operator()(isoloss_result* result) const { isoloss_free(result); }
};

struct Ran {
  int exit_code;
  std::unique_ptr<isoloss_result, Free> result;
  std::string output, error;
};

Ran run(Words words, const std::vector<isoloss_input>& inputs = {},
        isoloss_progress progress = nullptr, void* context = nullptr,
        const isoloss_stopper* stopper = nullptr) {
  words.insert(words.begin(), "isoloss");
  isoloss_result* result = nullptr;
  const int code = isoloss_run_watched(static_cast<int>(words.size()), words.data(), inputs.data(),
                                       inputs.size(), progress, context, stopper, &result);
  REQUIRE(result != nullptr);
  return {code, std::unique_ptr<isoloss_result, Free>(result), isoloss_output(result, nullptr),
          isoloss_error(result, nullptr)};
}

std::string figure4() {
  std::ifstream file(ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

isoloss_input bytes_input(const char* name, const std::string& bytes) {
  return {name, bytes.data(), bytes.size(), nullptr, 0, 0};
}

// Chinchilla's law without noise.
struct Columns {
  std::vector<double> params, tokens, loss;
  std::vector<isoloss_column> columns;

  explicit Columns(std::size_t num_rows = 30) {
    for (std::size_t i = 0; i < num_rows; ++i) {
      params.push_back(1e7 * std::pow(2.0, static_cast<double>(i % 6)));
      tokens.push_back(1e9 * std::pow(3.0, static_cast<double>(i / 6)));
      loss.push_back(1.7 + 400 / std::pow(params[i], 0.34) + 410 / std::pow(tokens[i], 0.28));
    }
    columns = {{"params", params.data(), nullptr},
               {"tokens", tokens.data(), nullptr},
               {"loss", loss.data(), nullptr}};
  }
  isoloss_input input() const {
    return {"memory:runs", nullptr, 0, columns.data(), columns.size(), params.size()};
  }
};

}  // namespace

TEST_CASE("A fit in the process is the program's to the byte") {
  const std::string bytes = figure4();
  const Ran own = run({"fit", "memory:runs", "--bootstrap", "100", "--json", "-"},
                      {bytes_input("memory:runs", bytes)});
  const ProgramRun program =
      run_program("fit datasets/chinchilla_figure4.csv --bootstrap 100 --json - 2>/dev/null");
  Json a = Json::parse(own.output), b = Json::parse(program.output);
  CHECK(own.exit_code == program.exit_code);
  CHECK(a["runs"]["path"] == "memory:runs");
  a["runs"].erase("path"), b["runs"].erase("path");
  CHECK(a == b);
  CHECK(own.error.find("warning: line 5") != std::string::npos);
}

TEST_CASE("Columns in memory are fitted, and outputs stay in memory") {
  const Columns columns;
  const Ran ran = run({"fit", "memory:runs", "--bootstrap", "50", "--json", "memory:fit", "--draws",
                       "memory:draws.npy"},
                      {columns.input()});
  REQUIRE(ran.exit_code == 0);
  std::size_t num_bytes = 0;
  const char* json = isoloss_file(ran.result.get(), "memory:fit", &num_bytes);
  REQUIRE(json != nullptr);
  const Json fit = Json::parse(std::string(json, num_bytes));
  CHECK(fit["params"]["alpha"]["value"].get<double>() == Approx(0.34));
  CHECK(isoloss_file(ran.result.get(), "memory:draws.npy", &num_bytes) != nullptr);
  CHECK(num_bytes > 50 * 7 * sizeof(double));
  CHECK(isoloss_file(ran.result.get(), "memory:other", nullptr) == nullptr);
  CHECK(ran.output.find("alpha") != std::string::npos);
}

TEST_CASE("What is wrong with columns is said with the row's line, and nothing is thrown") {
  Columns columns;
  columns.loss[3] = -1;
  const Ran ran = run({"fit", "memory:runs"}, {columns.input()});
  CHECK(ran.exit_code == 2);
  CHECK(ran.output.empty());
  CHECK(ran.error.starts_with("isoloss: memory:runs:5: "));
  CHECK(run({"fit", "memory:absent"}).exit_code == 2);
  CHECK(run({"no_such_command"}).exit_code == 2);
  CHECK(run({"fit", "--help"}).exit_code == 0);
  CHECK(run({"--version"}).output == std::string(isoloss_version()) + "\n");
  CHECK(isoloss_abi_version() == ISOLOSS_ABI_VERSION);
}

TEST_CASE("A stopper ends its own calls, and no other") {
  const std::unique_ptr<isoloss_stopper, void (*)(isoloss_stopper*)> stopper(isoloss_new_stopper(),
                                                                             isoloss_free_stopper);
  const Columns columns;
  const auto stop = [](int, int, void* own) { isoloss_stop(static_cast<isoloss_stopper*>(own)); };
  const auto fit_many = [&](const isoloss_stopper* own) {
    return run({"fit", "memory:runs", "--bootstrap", "20000"}, {columns.input()}, stop,
               stopper.get(), own);
  };
  const Ran other = fit_many(nullptr);  // asks the stopper, which is not its own
  CHECK(other.exit_code == 0);
  const Ran stopped = fit_many(stopper.get());
  CHECK(stopped.exit_code == 130);
  CHECK(stopped.output.empty());
  CHECK(run({"fit", "memory:runs", "--bootstrap", "0"}, {columns.input()}).exit_code == 0);
}

TEST_CASE("Calls in threads of their own don't meet") {
  const Columns columns;
  const auto fit = [&] {
    return run({"fit", "memory:runs", "--bootstrap", "20", "--json", "-"}, {columns.input()})
        .output;
  };
  const std::string alone = fit();
  std::vector<std::string> outputs(4);
  std::vector<std::thread> threads;
  for (std::string& output : outputs) threads.emplace_back([&] { output = fit(); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& output : outputs) CHECK(output == alone);
}

TEST_CASE("The table of flags for programs has every flag of every help") {
  const Json table = Json::parse(run({"--help-json"}).output);
  CHECK(table["commands"].size() == all_commands().size());
  for (const auto& [name, command] : table["commands"].items()) {
    const std::string help = run({name.c_str(), "--help"}).output;
    std::size_t num_in_help = 0;
    for (std::size_t at = help.find("\n  --"); at != std::string::npos;
         at = help.find("\n  --", at + 1))
      ++num_in_help;
    std::size_t num_named = 0;
    for (const Json& flag : command["flags"])
      num_named += flag["name"].get<std::string>().starts_with("--");
    INFO(name);
    CHECK(num_named + 1 == num_in_help);  // --help itself
  }
  const Json& flags = table["commands"]["fit"]["flags"];
  const auto is_delta = [](const Json& flag) { return flag["name"] == "--huber-delta"; };
  const auto delta = std::find_if(flags.begin(), flags.end(), is_delta);
  REQUIRE(delta != flags.end());
  CHECK((*delta)["type"] == "DELTA");
  CHECK((*delta)["default"] == "0.001");
}

}  // namespace isoloss
