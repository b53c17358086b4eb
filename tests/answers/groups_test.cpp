#include "host/answers/groups/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/fit/refitter.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"
#include "tests/two_threads.h"

namespace isoloss {
namespace {

// One group of planted runs: what it makes of its compute, and a law of its own.
struct System {
  const char* name;
  double needs = 1;  // of the compute that the plain law needs
  TrueLaw law = {};
  int num = 60;
};

// Models and tokens count as sqrt(1 / needs) times as many, each.
std::string planted(const std::vector<System>& systems, double sd, std::uint64_t stream = 0) {
  std::string out = "system,params,tokens,loss\n";
  std::uint32_t index = 0;
  for (const System& own : systems)
    for (int i = 0; i < own.num; ++i) {
      const double N = 3e7 * std::pow(170, (i % 10) / 9.0);
      const double D = N * std::pow(10, 0.5 + 1.5 * (i / 10) / 5.0);
      const double counts = std::sqrt(1 / own.needs);
      const double noise = sd == 0 ? 0 : sd * normal(9, stream, index++);
      out += fmt::format("{},{},{},{}\n", own.name, N, D,
                         own.law.loss(counts * N, counts * D) * std::exp(noise));
    }
  return out;
}

const ParamEstimate& param_of(const GroupFit& group, const std::string& name) {
  for (const ParamEstimate& own : group.params)
    if (own.name == name) return own;
  throw std::logic_error(name);
}

bool holds(const Estimate& estimate, double value) {
  return estimate.interval && estimate.interval->lower <= value &&
         value <= estimate.interval->upper;
}

}  // namespace

TEST_CASE("Without noise shared exponents and the offsets of every group are found again") {
  TrueLaw other;
  other.E = 1.9;
  other.A = 400;
  other.B = 2500;
  GroupsQuestion question{"system", {"alpha", "beta"}, {1e22}};
  const Groups got =
      fit_groups(source_of(planted({{"old"}, {"new", 1, other}}, 0)), question, two_threads(0));
  REQUIRE(got.joint);
  CHECK(got.joint->num_params == 8);
  CHECK(got.outcome() == Outcome::sound);
  for (const GroupFit& own : got.groups) {
    const TrueLaw law = own.group == "new" ? other : TrueLaw{};
    const std::pair<const char*, double> truths[] = {
        {"E", law.E}, {"A", law.A}, {"B", law.B}, {"alpha", law.alpha}, {"beta", law.beta}};
    for (const auto& [name, value] : truths)
      CHECK(param_of(own, name).value == Approx(value).epsilon(tolerance::kSameRefit));
  }
}

TEST_CASE("Intervals of a shared fit hold the truth, and are narrower than those of one group") {
  TrueLaw other;
  other.E = 1.9;
  other.A = 400;
  const std::string csv = planted({{"old"}, {"new", 1, other}}, 0.004, 2);
  const Groups shared =
      fit_groups(source_of(csv), {"system", {"alpha", "beta"}, {}}, two_threads(600));
  const Groups apart = fit_groups(source_of(csv), {"system", {}, {}}, two_threads(600));
  CHECK(!apart.joint);
  for (std::size_t i = 0; i < 2; ++i) {
    const GroupFit& own = shared.groups[i];
    CHECK(holds(param_of(own, "alpha"), 0.3478));
    CHECK(holds(param_of(own, "beta"), 0.3658));
    CHECK(holds(param_of(own, "E"), i == 1 ? other.E : 1.8172));
    CHECK(holds(param_of(own, "A"), i == 1 ? other.A : 482.01));
    CHECK(holds(param_of(own, "B"), 2085.43));
    CHECK(*param_of(own, "beta").standard_error <
          *param_of(apart.groups[i], "beta").standard_error);
  }
  CHECK(param_of(shared.groups[0], "beta").value == param_of(shared.groups[1], "beta").value);
  double sum = 0;
  for (const GroupFit& own : apart.groups) sum += own.objective;
  CHECK(shared.joint->objective >= sum);
}

TEST_CASE("A saving of 17 % of the compute is told from none") {
  const std::string csv = planted({{"base"}, {"saving", 0.83}, {"equal"}}, 0.004);
  const Groups got = fit_groups(source_of(csv), {"system", {"E", "alpha", "beta"}, {1e21, 1e23}},
                                two_threads(600));
  REQUIRE(got.ratios.size() == 4);
  for (const ComputeRatio& own : got.ratios) {
    INFO(own.group << " " << own.budget);
    CHECK(own.than == "base");
    const bool saves = own.group == "saving";
    CHECK(holds(own.ratio, saves ? 0.83 : 1));
    CHECK(holds(own.ratio, 1) == !saves);
    CHECK(own.share_without == 0);
  }
}

TEST_CASE("Without noise the compute for the same loss is what was planted") {
  const std::string csv = planted({{"base"}, {"saving", 0.83}}, 0);
  for (const std::vector<std::string>& shared :
       {std::vector<std::string>{}, std::vector<std::string>{"E", "beta"}}) {
    const Groups got = fit_groups(source_of(csv), {"system", shared, {1e22}}, two_threads(0));
    REQUIRE(got.ratios.size() == 1);
    CHECK(got.ratios[0].ratio.value == Approx(0.83).epsilon(tolerance::kSameRefit));
    CHECK(!got.ratios[0].ratio.interval);
  }
}

TEST_CASE("A group of few runs has a fit where it shares parameters, and else says why not") {
  const std::string csv = planted({{"old"}, {"new", 0.83, {}, 4}}, 0.002);
  const Groups apart = fit_groups(source_of(csv), {"system", {}, {}}, two_threads(0));
  CHECK(apart.groups[0].law);
  CHECK(!apart.groups[1].law);
  CHECK(!apart.groups[1].failure.empty());
  CHECK(apart.outcome() == Outcome::unsound);
  CHECK(apart.ratios.empty());
  const Groups shared =
      fit_groups(source_of(csv), {"system", {"E", "alpha", "beta"}, {}}, two_threads(0));
  CHECK(shared.groups[1].law);
  CHECK(shared.groups[1].failure.empty());
  CHECK(shared.outcome() == Outcome::sound);
}

TEST_CASE("No resample of a shared fit leaves a group out, however few its runs are") {
  const std::string csv = planted({{"old"}, {"new", 1, {}, 3}}, 0.002);
  const Groups got =
      fit_groups(source_of(csv), {"system", {"E", "A", "alpha", "beta"}, {}}, two_threads(300));
  REQUIRE(got.joint);
  CHECK(got.joint->law.made->fit.bootstrap.num_not_converged == 0);
  const Interval few = param_of(got.groups[1], "B").interval.value();
  CHECK(few.lower > 0.5 * 2085.43);
  CHECK(few.upper < 2 * 2085.43);
}

TEST_CASE("Units of a stratum are neighbours, and a run is of the stratum of its first row") {
  RunTable runs;
  runs.loss.assign(5, 1);
  runs.stratum = {1, 0, 1, 0, 0};
  const Units rows = units_of(runs, true);
  CHECK(rows.of_row == std::vector<std::uint32_t>{3, 0, 4, 1, 2});
  REQUIRE(rows.strata.size() == 5);
  CHECK(rows.strata[0].first == 0);
  CHECK(rows.strata[2].num == 3);
  CHECK(rows.strata[3].first == 3);
  CHECK(rows.strata[4].num == 2);
  runs.run = {"a", "b", "a", "a", "b"};
  const Units by_run = units_of(runs, true);
  CHECK(by_run.of_row == std::vector<std::uint32_t>{1, 0, 1, 1, 0});
  CHECK(by_run.strata[0].num == 1);
}

TEST_CASE("Formulas and other laws share parameters as the built-in ones do") {
  const std::string csv = planted({{"old"}, {"new", 0.7}}, 0.003);
  const GroupsQuestion question{"system", {"E", "alpha", "beta"}, {}};
  const Groups built_in = fit_groups(source_of(csv), question, two_threads(0));
  FitOptions own = two_threads(0);
  own.law = "E + A/N^alpha + B/D^beta";
  const Groups written = fit_groups(source_of(csv), question, own);
  CHECK(written.joint->objective ==
        Approx(built_in.joint->objective).epsilon(tolerance::kSameOptimum));
  CHECK(written.ratios.size() == built_in.ratios.size());
  own.law = "kaplan_params";
  const Groups other = fit_groups(source_of(csv), {"system", {"alpha_N"}, {}}, own);
  CHECK(other.ratios.empty());
  CHECK(other.joint->num_params == 3);
}

TEST_CASE(
    "A shared fit counts its free parameters, and refuses a group of fewer runs than its own") {
  const std::string csv = planted({{"old"}, {"lonely", 1, {}, 1}}, 0.002);
  FitOptions own = two_threads(0);
  own.overrides.fix = {{"E", 1.8172}, {"A", 482.01}};
  const Groups got = fit_groups(source_of(csv), {"system", {"alpha", "beta"}, {}}, own);
  CHECK(got.joint->num_params == 4);  // alpha, beta and two of B
  const std::string said = refusal([&] {
    fit_groups(source_of(csv), {"system", {"alpha", "beta"}, {}}, two_threads(0));
  });
  CHECK(said.find("the group \"lonely\" has 1 run for 3 parameters of its own") !=
        std::string::npos);
}

TEST_CASE("Draws in which a group never reaches the other's loss are warned of") {
  TrueLaw worse;
  worse.E = 2.02;  // near what the other reaches
  const Groups got = fit_groups(source_of(planted({{"base"}, {"worse", 1, worse}}, 0.02)),
                                {"system", {}, {3e22}}, two_threads(300));
  REQUIRE(got.ratios.size() == 1);
  REQUIRE(got.ratios[0].share_without > 0.005);
  CHECK(std::any_of(got.warnings.begin(), got.warnings.end(),
                    [](const Warning& own) { return own.name == "draws_without"; }));
}

TEST_CASE("The column of the groups is found by a near name, as any other") {
  const std::string csv = planted({{"old"}, {"new", 0.8}}, 0.002);
  CHECK(fit_groups(source_of(csv), {"System", {}, {}}, two_threads(0)).groups.size() == 2);
}

TEST_CASE("What a group does not tell apart is to be shared, not held by a name that is none") {
  // One size: A and alpha of that group are one number.
  std::string csv = planted({{"old"}}, 0.002);
  for (int i = 0; i < 9; ++i)
    csv += fmt::format("new,1e9,{},{}\n", 1e10 * std::pow(2, i), 2.5 - 0.05 * i);
  const Groups got = fit_groups(source_of(csv), {"system", {"E", "beta"}, {}}, two_threads(0));
  for (const Warning& own : got.warnings) {
    INFO(own.text);
    CHECK(own.text.find("=VALUE") == std::string::npos);
  }
  CHECK(got.outcome() == Outcome::unsound);
}

TEST_CASE("Groups that cannot be are refused") {
  const std::string csv = planted({{"old"}}, 0.01);
  const auto asked = [](const std::string& table, const GroupsQuestion& question) {
    return refusal([&] { fit_groups(source_of(table), question, two_threads(0)); });
  };
  CHECK(asked(csv, {"systems", {}, {}}).find("there is no column \"systems\"") !=
        std::string::npos);
  CHECK(asked(csv, {"system", {}, {}}).find("all runs are of one group, \"old\"") !=
        std::string::npos);
  const std::string two = planted({{"old"}, {""}}, 0.01);
  CHECK(asked(two, {"system", {}, {}}).find("the run has no group") != std::string::npos);
  CHECK(asked(csv, {"loss", {}, {}}).find("no group has a fit") != std::string::npos);
}

}  // namespace isoloss
