// docs/json.md lists the keys of each JSON that the program writes: all of them at the top and one
// level down, and deeper only such as are written. docs/predict.md lists the columns of its CSV.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/catch.h"
#include "tests/doc_pages.h"
#include "tests/markdown.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

// A fit with few resamples and its draws, which other commands read.
class SavedFit {
 public:
  SavedFit() {
    run_program(fmt::format("{} --json {} --draws {} --quiet 2>/dev/null", kFit,
                            folder_.file("fit.json"), folder_.file("fit.npy")));
  }
  std::string flags() const {
    return fmt::format("--fit {} --draws {}", folder_.file("fit.json"), folder_.file("fit.npy"));
  }
  static constexpr const char* kFit =
      "fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --bootstrap 40";

 private:
  ScratchFolder folder_;
};

// Keys as jq names them: "runs", "runs.path", "optima[].loss", "optima[].loss.value".
void add_keys(const Json& value, const std::string& path, std::set<std::string>& keys) {
  if (value.is_array())
    for (const Json& element : value) add_keys(element, path + "[]", keys);
  if (!value.is_object()) return;
  for (const auto& [name, child] : value.items()) {
    const std::string key = path.empty() ? name : path + "." + name;
    keys.insert(key);
    add_keys(child, key, keys);
  }
}

std::set<std::string> keys_of(const std::vector<std::string>& commands) {
  std::set<std::string> keys;
  for (const std::string& command : commands) {
    INFO(command);
    // Without the tables that do not come along, so that a fit is skipped on every machine.
    const std::string text =
        run_program(command + " --json - 2>/dev/null", "env -u ISOLOSS_FIGURES").output;
    REQUIRE(Json::accept(text));
    add_keys(Json::parse(text), "", keys);
  }
  return keys;
}

std::string parent_of(const std::string& key) { return key.substr(0, key.rfind('.')); }

// "params.NAME" for "params.alpha" where the docs have the former.
std::string as_documented(const std::string& key, const std::set<std::string>& documented) {
  const std::string by_name = parent_of(key) + ".NAME";
  if (documented.count(key) == 0 && documented.count(by_name) == 1) return by_name;
  if (key.find('.') == std::string::npos) return key;
  return as_documented(parent_of(key), documented) + key.substr(key.rfind('.'));
}

void check_keys(const std::string& schema, const std::vector<std::string>& commands) {
  const std::set<std::string> documented =
      names_in_table(page_text("docs/json.md"), "key of " + schema, 0);
  std::set<std::string> written;
  for (const std::string& key : keys_of(commands)) written.insert(as_documented(key, documented));
  for (const std::string& key : written) {
    INFO(schema << " has an undocumented " << key);
    if (std::count(key.begin(), key.end(), '.') < 2) CHECK(documented.count(key) == 1);
  }
  for (const std::string& key : documented) {
    INFO(schema << " is said to have " << key);
    CHECK(written.count(key) == 1);
  }
}

}  // namespace

TEST_CASE("The docs have the keys of isoloss/fit") {
  const std::string few = "fit datasets/olmo_ladder_final.csv --bootstrap 40 --objective squared";
  check_keys("isoloss/fit",
             {SavedFit::kFit, few, few + " --fix E=1", few + " --weights batch_tokens",
              few + " --over-penalty 5", few + " --intervals basic", few + " --calibrate 100",
              few + " --error batch_tokens", "fit datasets/overtraining_open_lm.csv --bootstrap 0",
              "fit datasets/chinchilla_figure4.csv datasets/chinchilla_figure4.csv --bootstrap 0"});
}

TEST_CASE("The docs have the keys of isoloss/optimum") {
  const SavedFit fit;
  check_keys(
      "isoloss/optimum",
      {"optimum --compute 1e24 " + fit.flags(),
       "optimum datasets/olmo_ladder_final.csv --compute-from flops --compute 1e22 "
       "--bootstrap 0",
       "optimum --published muennighoff2023 --unique-tokens 25B --compute 1e21",
       "optimum --published kaplan2020 --compute 1e21",
       "optimum --compute-formula '6*N*D + 1e9*N' --compute 1e21 " + fit.flags(),
       "optimum --quality-of 13B --inference-tokens 1T " + fit.flags(),
       "optimum --published devries2023 --quality-of 13B --overhead 10%",
       "optimum --published kumar2024 --compute 1e20 --choose-bits 16,4 "
       "--input weight_bits=16 --input act_bits=16 --input kv_bits=16 --memory 0.1GB",
       "optimum --published besiroglu2024 --compute 1e24 --served-on h100 --max-latency 20ms",
       "optimum --published ludziejewski2025 --input experts=8 --compute 1e22 --total-per-active "
       "4",
       "optimum --accuracy 'exp(-2*(loss-1.75))' --quality-of 13B --sample-exponent 0.1 "
       "--samples-per-query 1,4 --requests 1e9 --input-tokens 100 --output-tokens 300 " +
           fit.flags(),
       "optimum --published besiroglu2024 --params 8B --tokens 15T",
       "optimum --published besiroglu2024 --compute 1e23 --unique-tokens 100B "
       "--synthetic-cost 2*7B --synthetic-worth 0.3:0.1..0.6"});
}

TEST_CASE("The docs have the keys of isoloss/forecast") {
  const SavedFit fit;
  const std::string budget = " --compute 3.8e25 --growth 4x/year --years 2 --unique-tokens 50T";
  check_keys("isoloss/forecast",
             {"forecast --recipes llama2024 " + fit.flags() + budget + ":10T..100T",
              "forecast --published muennighoff2023 --until loss=2,compute=1e27" + budget,
              "forecast --published besiroglu2024 --until compute=1e27 --compute 1e26 --years 2 "
              "--growth 4x/year:3x..5x,1=2x/year",
              "forecast --published besiroglu2024 --compute 1e26 --years 2 --from 2024 "
              "--unique-tokens 300T --until loss=1.85 --scenarios "
              "docs/scenarios.toml",
              "forecast --published besiroglu2024 --compute 1e26 --years 2 --growth 2x/year "
              "--hardware 2x/year --served-on h100",
              "forecast --published kumar2024 --compute 1e21 --years 1 --growth 2x/year "
              "--choose-bits 16,4"});
}

TEST_CASE("The docs have the keys of isoloss/groups") {
  const std::string command = "fit datasets/overtraining_open_lm.csv --bootstrap 20 --by ";
  check_keys("isoloss/groups",
             {command + "dataset --share alpha,beta", command + "chinchilla_multiplier"});
}

TEST_CASE("The docs have the keys of isoloss/compare-laws") {
  check_keys("isoloss/compare-laws",
             {"compare-laws datasets/chinchilla_figure4.csv --laws chinchilla,kaplan,kaplan_params "
              "--compute 1e22 --bootstrap 20",
              "compare-laws datasets/chinchilla_figure4.csv --laws kaplan_params,farseer "
              "--holdout beyond-compute:1/8000 --bootstrap 0",
              "compare-laws datasets/porian_isoflop_points.csv --laws chinchilla,kaplan "
              "--group run_id --holdout top-compute:20% --bootstrap 0",
              "compare-laws datasets/olmo_ladder_final.csv --laws chinchilla,kaplan --bootstrap 0 "
              "--objective squared --holdout top-compute:20%",
              "compare-laws datasets/cs336_isoflop.csv --laws all --holdout top-compute:10% "
              "--bootstrap 0"});
}

TEST_CASE("The docs have the keys of isoloss/backtest") {
  check_keys("isoloss/backtest",
             {"backtest datasets/chinchilla_figure4.csv --bootstrap 20 --stop 1/10,1e-9"});
}

TEST_CASE("The docs have the keys of isoloss/inspect") {
  check_keys("isoloss/inspect", {"inspect datasets/chinchilla_figure4.csv --drop-highest-loss 5",
                                 "inspect datasets/llama_curves.csv",
                                 "inspect datasets/chinchilla_figure4.csv --where 'row < 5'"});
}

TEST_CASE("The docs have the keys of isoloss/influence") {
  check_keys("isoloss/influence",
             {"influence datasets/chinchilla_figure4.csv --bootstrap 20 --each size",
              "influence tests/designs/as_many_runs.csv --bootstrap 20"});
}

TEST_CASE("The docs have the keys of isoloss/coverage") {
  check_keys("isoloss/coverage",
             {"coverage datasets/chinchilla_figure4.csv --sets 10 --bootstrap 20"});
}

TEST_CASE("The docs have the keys of isoloss/isoflop") {
  check_keys("isoloss/isoflop",
             {"isoflop datasets/cs336_isoflop.csv --compute 1e21 --bootstrap 20",
              "isoflop datasets/cs336_isoflop.csv --compute 1e21 --bootstrap 20 --size tokens",
              "isoflop datasets/porian_isoflop_points.csv --bootstrap 0 --where 'params < 2e7'"});
}

TEST_CASE("The docs have the keys of isoloss/envelope") {
  check_keys("isoloss/envelope", {"envelope datasets/llama_curves.csv --compute 1e24",
                                  "envelope datasets/llama_curves.csv --bootstrap 0"});
}

TEST_CASE("The docs have the keys of isoloss/compare-optima") {
  const SavedFit fit;
  check_keys("isoloss/compare-optima",
             {"compare-optima --compute 5.76e23 --inference-tokens 1T " + fit.flags(),
              "compare-optima --published besiroglu2024 --compute 1e22 --all",
              "compare-optima datasets/cs336_isoflop.csv --isoflop flops --bootstrap 20",
              "compare-optima --published muennighoff2023 --unique-tokens 25B --compute 1e21"});
}

TEST_CASE("The docs have the keys of isoloss/count") {
  check_keys("isoloss/count",
             {"count --layers 32 --d-model 4096 --heads 32 --vocab 32000 --seq 4096 --tokens 2T",
              "count --count-from kaplan --params 1M"});
}

TEST_CASE("The docs have the keys of isoloss/race") {
  check_keys("isoloss/race", {"race datasets/llama_curves.csv --where \"family == 'llama2'\" "
                              "--by time --pairs neighbours --bootstrap 40"});
}

TEST_CASE("The docs have the keys of isoloss/verify") {
  check_keys("isoloss/verify",
             {"verify muennighoff_2023 grattafiori_2024_parametric hoffmann_2022_figure4"});
}

TEST_CASE("The docs have the keys of isoloss/doctor") { check_keys("isoloss/doctor", {"doctor"}); }

TEST_CASE("The docs have the columns of what predict writes") {
  const SavedFit fit;
  const ProgramRun run = run_program("predict datasets/slimpajama_cosine24.csv --csv - " +
                                     fit.flags() + " 2>/dev/null");
  const std::string header = run.output.substr(0, run.output.find('\n'));
  std::set<std::string> columns;
  std::istringstream names(header);
  for (std::string name; std::getline(names, name, ',');) columns.insert(name);
  CHECK(names_in_table(page_text("docs/predict.md"), "column of the CSV", 0) == columns);
}

}  // namespace isoloss
