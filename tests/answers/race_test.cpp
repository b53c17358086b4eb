// Races between training curves: planted crossings, their intervals, verdicts and refusals.

#include "host/answers/race/race.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/report/race.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_curves.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kRows = 200;

RaceOptions quick(int num_resamples = 200) {
  RaceOptions options;
  options.by = {Budget::flops};
  options.num_resamples = num_resamples;
  return options;
}

PlantedCurve with_E(PlantedCurve curve, double E) {
  curve.E = E;
  return curve;
}

PlantedCurve called(PlantedCurve curve, const std::string& run) {
  curve.run = run;
  return curve;
}

PairRace raced_pair(const RunTable& table, const RaceOptions& options) {
  return race(table, options).races.at(0).pairs.at(0);
}

RunTable plain_table() { return planted_table({kSmall, kLarge}, kRows, {}); }

// In how many of 60 noises the planted crossing lies in the interval that `crossing` gives.
template <class Crossing>
int num_holding(const PlantedCurve& large, Crossing crossing) {
  const double planted = crossing_flops(kSmall, large);
  int holding = 0;
  for (std::uint64_t stream = 0; stream < 60; ++stream) {
    const RunTable table = planted_table({kSmall, large}, kRows, {0.01, 0.6, stream});
    const CrossingEstimate given = crossing(raced_pair(table, quick()));
    if (!given.budget || !given.budget->interval) continue;
    const Interval& interval = *given.budget->interval;
    holding += interval.lower <= planted && planted <= interval.upper;
  }
  return holding;
}

std::string refused(const RunTable& table, const RaceOptions& options = quick(0)) {
  return refusal([&] { race(table, options); });
}

}  // namespace

TEST_CASE("race: a planted crossing lies in its interval about as often as the interval says") {
  const int holding = num_holding(kLarge, [](const PairRace& pair) { return pair.last_crossing; });
  CHECK(holding >= tolerance::kBlockCoverage * 60);
}

TEST_CASE("race: so does a planted crossing of the laws beyond the data") {
  const PlantedCurve large = with_E(kLarge, 2.1);
  REQUIRE(crossing_flops(kSmall, large) > 6 * kSmall.params * kSmall.last_tokens);
  const int holding = num_holding(large, [](const PairRace& pair) { return pair.law_crossing; });
  CHECK(holding >= tolerance::kBlockCoverage * 60);
}

TEST_CASE("race: without noise a planted crossing is found where it is, and who is ahead since") {
  const RunTable table = planted_table({kSmall, kLarge}, kRows, {1e-6, 0, 0});
  const PairRace pair = raced_pair(table, quick());
  const double planted = crossing_flops(kSmall, kLarge);
  REQUIRE(pair.last_crossing.budget);
  CHECK(pair.num_crossings == 1);
  CHECK(pair.last_crossing.share == 1);
  CHECK(std::fabs(pair.last_crossing.budget->value / planted - 1) < tolerance::kSmoothCrossing);
  CHECK(pair.late == Late::larger);
  CHECK(pair.late_since > planted);
  CHECK(pair.late_since < planted * 1.1);
  const double gap =
      kSmall.loss(pair.to / 6 / kSmall.params) - kLarge.loss(pair.to / 6 / kLarge.params);
  CHECK(std::fabs(pair.end.loss.value - gap) < tolerance::kSmoothLoss);
}

TEST_CASE("race: curves that never cross are said not to") {
  const RunTable table = planted_table({kSmall, with_E(kLarge, 3)}, kRows, {});
  const RaceResult result = race(table, quick());
  const PairRace& pair = result.races.at(0).pairs.at(0);
  CHECK(pair.num_crossings == 0);
  CHECK(!pair.last_crossing.budget);
  CHECK(pair.last_crossing.share == 0);
  CHECK(pair.late == Late::smaller);
  CHECK(pair.late_since == pair.from);
  CHECK(!pair.law_crossing.budget);
  const std::string report = as_text(describe_race(result));
  CHECK(contains(report, "the curves do not cross\n"));
  CHECK(contains(report, "small is ahead throughout"));
  CHECK(contains(report, "the laws do not cross"));
}

TEST_CASE("race: two curves of one law by tokens cannot be told apart") {
  RaceOptions options = quick();
  options.by = {Budget::tokens};
  const RunTable table = planted_table({kSmall, with_E(kLarge, kSmall.E)}, kRows, {});
  const RaceResult result = race(table, options);
  CHECK(result.races.at(0).pairs.at(0).late == Late::open);
  CHECK(contains(as_text(describe_race(result)), "cannot be told apart"));
}

TEST_CASE("race: the report and the JSON are the same whatever the number of threads") {
  const RunTable table = plain_table();
  RaceOptions one = quick();
  one.num_threads = 1;
  RaceOptions three = quick();
  three.num_threads = 3;
  CHECK(race_json(race(table, one)) == race_json(race(table, three)));
  RaceOptions other_seed = one;
  other_seed.seed = 2;
  CHECK(race_json(race(table, one)) != race_json(race(table, other_seed)));
}

TEST_CASE("race: speeds give the crossing that a column of time gives") {
  RunTable table = plain_table();
  RaceOptions by_speed = quick(0);
  by_speed.by = {Budget::time};
  by_speed.tokens_per_second = {{"1B", 3e5}, {"large", 1e5}};
  const PairRace pair = raced_pair(table, by_speed);
  for (std::size_t i = 0; i < table.num_runs(); ++i)
    table.further["hours"].push_back(table.tokens[i] / 3600 /
                                     (table.run[i] == "small" ? 3e5 : 1e5));
  RaceOptions by_column = quick(0);
  by_column.by = {Budget::time};
  by_column.time_column = "hours";
  const PairRace again = raced_pair(table, by_column);
  CHECK(std::fabs(pair.last_crossing.budget->value / again.last_crossing.budget->value - 1) <
        tolerance::kClosedForm);
  CHECK(std::fabs(pair.last_crossing.budget->value / pair.to * 6 * kSmall.params *
                      kSmall.last_tokens / raced_pair(table, quick(0)).last_crossing.budget->value -
                  1) < tolerance::kSmoothCrossing);
}

TEST_CASE("race: the table of budgets names who is ahead on either side of a crossing") {
  const RaceResult result = race(plain_table(), quick(0));
  const std::vector<BudgetRow>& rows = result.races.at(0).rows;
  REQUIRE(rows.size() >= 6);
  CHECK(rows.front().entries[0].curve == 0);
  CHECK(rows.back().entries[0].curve == 1);
  for (const BudgetRow& row : rows) CHECK(row.lead.value >= 0);
}

TEST_CASE("race: runs of one size are no pair, and a warning says that they differ in more") {
  const RunTable table = planted_table({kSmall, called(kSmall, "again"), kLarge}, kRows, {});
  const RaceResult result = race(table, quick(0));
  CHECK(result.races.at(0).pairs.size() == 2);
  CHECK(contains(as_text(describe_race(result)), "again and small are of one size"));
}

TEST_CASE("race: what cannot be raced is refused with advice") {
  CHECK(contains(refused(planted_table({kSmall}, kRows, {})), "one curve only, small"));
  RunTable unnamed = plain_table();
  unnamed.run.clear();
  CHECK(contains(refused(unnamed), "--group"));
  CHECK(contains(refused(planted_table({kSmall, kLarge}, 19, {})),
                 "fewer than 20 rows: large, small"));
  CHECK(contains(refused(planted_table({kSmall, called(kSmall, "again")}, kRows, {})),
                 "of one size"));
  RunTable mixed = plain_table();
  mixed.params[3] = 2e9;
  CHECK(contains(refused(mixed), "planted.csv:5: run \"small\" has 2e+09 params"));
  PlantedCurve far = kLarge;
  far.first_tokens *= 100;
  far.last_tokens *= 100;
  CHECK(contains(refused(planted_table({kSmall, far}, kRows, {})), "budget in common"));
  std::vector<PlantedCurve> many;
  for (int k = 0; k < 17; ++k) many.push_back(called(kSmall, std::to_string(k)));
  CHECK(contains(refused(planted_table(many, 20, {})), "17 curves, more than 16"));
}

TEST_CASE("race: what is asked wrongly of curves is refused with advice") {
  RaceOptions by_time = quick(0);
  by_time.by = {Budget::time};
  CHECK(contains(refused(plain_table(), by_time), "--tokens-per-second"));
  RaceOptions speeds = quick(0);
  speeds.tokens_per_second = {{"small", 1e5}};
  CHECK(contains(refused(plain_table(), speeds), "no --tokens-per-second of large"));
  speeds.tokens_per_second = {{"small", 1e5}, {"3B", 1e5}, {"70B", 1e4}};
  CHECK(contains(refused(plain_table(), speeds), "\"70B\" is of no curve"));
  RaceOptions late = quick(0);
  late.from = 9.8e10;
  CHECK(contains(refused(plain_table(), late), "--from"));
  RunTable falling = plain_table();
  falling.flops[7] = falling.flops[5];
  CHECK(contains(refused(falling), "flops of run \"small\" falls"));
}

TEST_CASE("race: the command fits 100 columns, writes its JSON and refuses nonsense") {
  const std::string race = "race datasets/llama_curves.csv --where \"family == 'llama2'\" ";
  const ProgramRun run = run_program(race + "--bootstrap 50");
  CHECK(run.exit_code == 0);
  std::size_t longest = 0;
  for (std::size_t at = 0; at < run.output.size();) {
    const std::size_t end = run.output.find('\n', at);
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  CHECK(longest <= 100);
  const auto json = nlohmann::json::parse(run_program(race + "--bootstrap 50 --json -").output);
  CHECK(json["schema"] == "isoloss/race");
  CHECK(json["schema_version"] == 1);
  CHECK(json["curves"].size() == 4);
  CHECK(json["races"].size() == 3);
  CHECK(json["races"][2]["unit"] == "gpu_hours");
  CHECK(json["races"][2]["pairs"].size() == 6);
  for (const char* nonsense :
       {"--width 0", "--from -1", "--bootstrap 1", "--weights loss", "--group none", "--time hourz",
        "--response loss", "--tokens-per-second 7B", "--by money"}) {
    INFO(nonsense);
    CHECK(run_program(race + nonsense + " 2>&1").exit_code == 2);
  }
}

}  // namespace isoloss
