// Refits whose optimum lies along a valley are proved, or counted by what leaves them open.

#include "host/fit/lost_refits.h"

#include <nlohmann/json.hpp>
#include <numeric>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/report/fit.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

struct Refitted {
  RunTable runs;
  FitResult fit;
};

// 64 resamples of a planted set of 40 runs, by least squares.
Refitted refitted(const char* file, const char* law) {
  FitOptions options;
  options.law = law;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 64;
  ReadOptions reading;
  read_for(find_law(law), reading);
  Refitted out;
  out.runs = parse_runs(test_file(std::string("valleys/") + file), file, reading);
  out.fit = fit(out.runs, options);
  return out;
}

int sum_of(const LostRefits& lost) { return std::accumulate(lost.begin(), lost.end(), 0); }

// broken_2 with breaks far apart and of a middling width.
Theta apart(const Breaks& breaks) {
  Theta theta{};
  const auto set = [&](int k, double value) { theta[static_cast<std::size_t>(k)] = value; };
  set(breaks.exponent, 1);
  for (const int i : {0, 1}) {
    set(breaks.slope(i), i == 0 ? 18 : -17.8);
    set(breaks.place(i), 8.0 * i);
    set(breaks.width(i), -1);
  }
  return theta;
}

}  // namespace

TEST_CASE("Refits whose optimum lies along a valley are proved") {
  const struct {
    const char* file;
    const char* law;
  } sets[] = {{"merged_breaks.csv", "broken_2"},  // the slopes of a pair run to their bounds
              {"edge_break.csv", "broken_2"},     // one run before a break
              {"bent_floor.csv", "farseer"},      // slope, bend and level of D's exponent
              {"level_end.csv", "farseer"}};      // the same of one run's alone
  for (const auto& [file, law] : sets) {
    INFO(file);
    const Refitted own = refitted(file, law);
    const BootstrapReport& report = own.fit.bootstrap;
    CHECK(report.num_not_converged < 0.05 * report.num_resamples);
    CHECK(sum_of(lost_refits(own.runs, own.fit)) == report.num_not_converged);
  }
}

TEST_CASE("A valley that ends level is flat, not lost") {
  CHECK(refitted("level_end.csv", "farseer").fit.bootstrap.num_flat > 3);
}

TEST_CASE("The first reason that holds of a lost refit is named") {
  const LawEntry& law = find_law("broken_2");
  const Breaks& breaks = *law.breaks;
  Theta theta = apart(breaks);
  const auto set = [&](int k, double value) { theta[static_cast<std::size_t>(k)] = value; };
  CHECK(lost_reason(law, theta) == LostReason::unsettled);
  set(breaks.floor, law.box.bounds[breaks.floor].lower);
  CHECK(lost_reason(law, theta) == LostReason::at_bound);
  set(breaks.width(0), law.box.bounds[breaks.width(0)].lower);
  CHECK(lost_reason(law, theta) == LostReason::sharp_break);
  set(breaks.place(1), 0.1);
  CHECK(lost_reason(law, theta) == LostReason::merged_breaks);
}

TEST_CASE("Reports count lost refits by reason") {
  CHECK(lost_text({}).empty());
  CHECK(lost_text({3, 0, 1, 0}) == "lost: 3 with merged breaks, 1 at a bound");
  Refitted own = refitted("edge_break.csv", "broken_2");
  // As if three of the draws were lost: two merged, one at the floor's bound.
  own.fit.draw_converged.assign(own.fit.draws.size(), true);
  const Breaks& breaks = *own.fit.law->breaks;
  Theta merged = apart(breaks);
  merged[static_cast<std::size_t>(breaks.place(1))] = 0.1;
  Theta floored = apart(breaks);
  floored[static_cast<std::size_t>(breaks.floor)] = own.fit.law->box.bounds[breaks.floor].lower;
  const Theta lost[] = {merged, merged, floored};
  for (std::size_t i = 0; i < 3; ++i) {
    own.fit.draws.set(i, lost[i]);
    own.fit.draw_converged[i] = false;
  }
  own.fit.bootstrap.num_not_converged = 3;
  const nlohmann::json report = nlohmann::json::parse(json_report(own.runs, own.fit));
  const nlohmann::json expected{
      {"merged_breaks", 2}, {"sharp_break", 0}, {"at_bound", 1}, {"unsettled", 0}};
  CHECK(report.at("bootstrap").at("not_converged_reasons") == expected);
  CHECK(as_text(describe_fit(own.runs, own.fit)).find("lost: 2 with merged breaks, 1 at a bound") !=
        std::string::npos);
}

}  // namespace isoloss
