#include "host/laws/joint_law.h"

#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const std::vector<std::string> kGroups{"old", "new"};

// All parameters of a law but the first.
std::vector<std::string> others(const LawEntry& law) {
  std::vector<std::string> out;
  for (const LawParam& param : law.params) out.push_back(param.name);
  out.erase(out.begin());
  return out;
}

// The runs twice, those of the second group with losses of another theta.
RunTable two_groups(const LawEntry& law, const Theta& old_theta, const Theta& new_theta, int num) {
  RunTable out = planted_runs(law, old_theta, 0.01, 1, num);
  const RunTable second = planted_runs(law, new_theta, 0.01, 2, num);
  for (std::vector<double> RunTable::*column :
       {&RunTable::params, &RunTable::tokens, &RunTable::flops, &RunTable::loss})
    (out.*column).insert((out.*column).end(), (second.*column).begin(), (second.*column).end());
  out.line.insert(out.line.end(), second.line.begin(), second.line.end());
  for (const std::string& group : kGroups)
    for (std::size_t i = 0; i < out.num_runs(); ++i)
      out.further[group_column(group)].push_back((i < second.num_runs()) == (group == "old"));
  return out;
}

}  // namespace

TEST_CASE("In the runs of a group a joint law is the law with the parameters of the group") {
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    const JointLaw joint = joint_law(law, kGroups, others(law));
    REQUIRE(joint.law.num_params() == law.num_params() + 1);
    Theta theta{};
    const Theta typical = typical_theta(law);
    for (int k = 0; k < law.num_params(); ++k)
      for (const std::vector<int>& places : joint.places)
        theta[static_cast<std::size_t>(places[static_cast<std::size_t>(k)])] =
            typical[static_cast<std::size_t>(k)];
    theta[static_cast<std::size_t>(joint.places[1][0])] *= 0.9;
    const RunTable runs = planted_runs(law, typical, 0, 0, 8);
    for (std::size_t i = 0; i < runs.num_runs(); ++i)
      for (std::size_t group = 0; group < kGroups.size(); ++group) {
        std::vector<double> seen = seen_of(law, runs, i);
        const double own = law.predict(joint.of_group(group, theta), seen);
        seen.push_back(group == 0);
        seen.push_back(group == 1);
        CHECK(joint.law.predict(theta, seen) == Approx(own).epsilon(tolerance::kClosedForm));
      }
  }
}

TEST_CASE("Groups that share nothing have the fits that each has alone") {
  const LawEntry& law = find_law("chinchilla");
  const Theta theta = typical_theta(law);
  Theta other = theta;
  other[3] *= 1.2;
  FitOptions options;
  options.num_resamples = 0;
  options.num_threads = 2;
  double apart = 0;
  const RunTable runs = two_groups(law, theta, other, 64);
  std::vector<std::size_t> rows[2];
  for (std::size_t i = 0; i < runs.num_runs(); ++i) rows[i / 64].push_back(i);
  for (const std::vector<std::size_t>& own : rows)
    apart += fit(picked_rows(runs, own), std::make_shared<const LawEntry>(law), options).objective;
  const JointLaw joint = joint_law(law, kGroups, std::vector<std::string>{});
  CHECK(joint.law.num_params() == 10);
  const FitResult together = fit(runs, std::make_shared<const LawEntry>(joint.law), options);
  CHECK(together.objective == Approx(apart).epsilon(tolerance::kSameOptimum));
  CHECK(together.status == Status::converged);
}

TEST_CASE("A joint law refuses what it cannot share and more parameters than a law may have") {
  const LawEntry& law = find_law("chinchilla");
  CHECK(refusal([&] { joint_law(law, kGroups, std::vector<std::string>{"gamma"}); }) ==
        "chinchilla has no parameter \"gamma\" to share; its parameters are E, A, B, alpha, beta");
  const std::vector<std::string> many{"a", "b", "c", "d"};
  CHECK(refusal([&] { joint_law(law, many, std::vector<std::string>{"E"}); }) ==
        "these groups have more than 16 parameters together, the most that one fit has; share "
        "more of them, or keep fewer groups with --where");
  CHECK_NOTHROW(joint_law(law, many, std::vector<std::string>{"alpha", "beta"}));
}

}  // namespace isoloss
