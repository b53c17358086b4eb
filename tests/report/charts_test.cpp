// The charts of answers as data: what they draw is what the answers say.

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/figure_data.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using Numbers = std::vector<double>;

Numbers numbers(const Json& trace, const char* key) { return trace.at(key).get<Numbers>(); }

bool is_near(double got, double expected) {
  return std::fabs(got - expected) <= tolerance::kPrinted5 * std::fabs(expected);
}

// Whether a point lies within a closed line: a ray from it crosses the line an odd number of times.
bool is_within(const Json& line, double x, double y) {
  const Numbers xs = numbers(line, "x"), ys = numbers(line, "y");
  bool out = false;
  for (std::size_t i = 0; i + 1 < xs.size(); ++i) {
    if ((ys[i] > y) == (ys[i + 1] > y)) continue;
    const double at = xs[i] + (y - ys[i]) / (ys[i + 1] - ys[i]) * (xs[i + 1] - xs[i]);
    out = out != (x < at);
  }
  return out;
}

}  // namespace

TEST_CASE("Runs of budgets lie at their law's curve, which is least at the best model") {
  const SavedFigures fit("fit datasets/cs336_isoflop.csv --bootstrap 20");
  const Json traces = fit.chart("isoflop").at("traces");
  std::size_t num_lines = 0, num_runs = 0;
  const Json& best = traces.back();
  CHECK(best.at("name") == "best models");
  for (const Json& trace : traces) {
    const Numbers y = numbers(trace, "y");
    if (trace.contains("with")) {
      CHECK(trace.at("with") == Json(2 * num_lines - 2));
      num_runs += y.size();
    }
    if (trace.at("kind") != "line") continue;
    const double least = numbers(best, "y")[num_lines++];
    CHECK(*std::min_element(y.begin(), y.end()) >= least * (1 - tolerance::kPrinted5));
    CHECK(*std::min_element(y.begin(), y.end()) < least * (1 + tolerance::kPrinted));
  }
  CHECK(num_lines == 9);
  CHECK(num_runs == 72);
  CHECK(numbers(best, "x_lower").size() == 9);
  CHECK(contains(best.at("labels")[0].get<std::string>(), "best of 6e18 FLOP\nN "));
}

TEST_CASE("The runs of approach 2 go with the curve of their budget") {
  const Json traces =
      charts_of_page("isoflop datasets/cs336_isoflop.csv --bootstrap 20")[0].at("traces");
  REQUIRE(traces.size() == 19);
  for (std::size_t i = 0; i < 18; i += 2) {
    CHECK(traces[i].at("kind") == "line");
    CHECK(traces[i + 1].at("with") == Json(i));
    CHECK(numbers(traces[i + 1], "x").size() == 8);
  }
  CHECK(numbers(traces[18], "x_lower").size() == 9);
}

TEST_CASE("Runs that form no budgets have curves alone, at those that are asked for") {
  const SavedFigures fit("fit datasets/chinchilla_figure4.csv --bootstrap 20");
  CHECK(fit.chart("isoflop").at("traces").size() == 6);
  const Json asked = fit.chart("isoflop", "--compute 1e24").at("traces");
  REQUIRE(asked.size() == 2);
  const Json answer = Json::parse(
      run_program("optimum --fit " + isoloss::quoted(fit.path()) + " --compute 1e24 --json - ")
          .output);
  CHECK(is_near(numbers(asked[1], "x")[0],
                answer.at("answers")[0].at("params").at("value").get<double>()));
}

TEST_CASE("The region of the draws holds the share of them that the intervals do") {
  const SavedFigures fit("fit datasets/chinchilla_figure4.csv --bootstrap 400");
  const Json traces = fit.chart("exponents").at("traces");
  REQUIRE(traces.size() == 5);
  const Numbers x = numbers(traces[0], "x"), y = numbers(traces[0], "y");
  REQUIRE(x.size() == 400);
  CHECK(traces[2].at("name") == "95% of the refits");
  int num = 0;
  for (std::size_t i = 0; i < x.size(); ++i) num += is_within(traces[2], x[i], y[i]) ? 1 : 0;
  CHECK(std::abs(num - 380) <= 2);
}

TEST_CASE("The exponent and the size of the best model have a region together") {
  const SavedFigures fit("fit datasets/chinchilla_figure4.csv --bootstrap 400 --compute 1e23,1e25");
  const Json chart = fit.chart("best_model");
  CHECK(chart.at("title") == "Bootstrap of the best model at 1e25 FLOP");
  CHECK(chart.at("y").at("log") == true);
  const Json traces = chart.at("traces");
  REQUIRE(traces.size() == 3);
  const Numbers x = numbers(traces[0], "x"), N = numbers(traces[0], "y");
  CHECK(numbers(traces[1], "y")[0] ==
        Approx(fit.json().at("optima").at(1).at("params").at("value").get<double>()));
  Json region = traces[2];
  for (Json& own : region.at("y")) own = std::log(own.get<double>());
  int num = 0;
  for (std::size_t i = 0; i < x.size(); ++i) num += is_within(region, x[i], std::log(N[i])) ? 1 : 0;
  CHECK(std::abs(num - 380) <= 2);
}

TEST_CASE("A profile reaches its level where the interval ends, and is level at the estimate") {
  const SavedFigures fit(
      "fit datasets/nist/Misra1a.csv --law 'b1*(1 - exp(-b2*x))' --response y --residual linear "
      "--objective squared --bootstrap 0");
  for (const char* name : {"b1", "b2"}) {
    const Json param = fit.json().at("params").at(name);
    const Json traces = fit.chart(std::string("profile-") + name).at("traces");
    const Numbers x = numbers(traces[0], "x"), y = numbers(traces[0], "y");
    REQUIRE(x.size() == 31);
    CHECK(std::is_sorted(x.begin(), x.end()));
    CHECK(y[15] == 0);
    CHECK(is_near(x[15], param.at("value").get<double>()));
    const double level = numbers(traces[1], "y")[0];
    for (const auto& [place, end] : {std::pair{3, 0}, {27, 1}}) {
      CHECK(is_near(x[static_cast<std::size_t>(place)],
                    param.at("profile_interval").at(static_cast<std::size_t>(end)).get<double>()));
      CHECK(is_near(y[static_cast<std::size_t>(place)], level));
    }
  }
}

TEST_CASE("The starts stand in the order of where they ended, the best of them at the fit") {
  const SavedFigures fit("fit datasets/four_digit_addition.csv --law broken_1 --bootstrap 0");
  const Json traces = fit.chart("starts").at("traces");
  const Numbers y = numbers(traces[0], "y");
  REQUIRE(y.size() > 2);
  CHECK(std::is_sorted(y.begin(), y.end()));
  CHECK(is_near(y.front(), numbers(traces[1], "y")[0]));
  CHECK(fit.json().at("search").at("ends").size() == y.size());
  const SavedFigures screened("fit datasets/cs336_isoflop.csv --bootstrap 0");
  CHECK(screened.json().at("search").at("ends").empty());
}

TEST_CASE("A figure of a saved fit is that of its page") {
  const ScratchFolder scratch;
  const std::string fit = "fit datasets/olmo_ladder_final.csv --bootstrap 40 --objective squared";
  const SavedFigures saved(fit);
  const Json page = charts_of_page(fit);
  const std::vector<std::string> kinds{"loss",        "sizes",     "tokens",      "isoflop",
                                       "isoloss",     "fitted",    "residuals-N", "residuals-D",
                                       "residuals-C", "exponents", "best_model",  "profile-E"};
  REQUIRE(page.size() >= kinds.size());
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    INFO(kinds[k]);
    const Json chart = saved.chart(kinds[k]);
    CHECK(chart.at("x") == page[k].at("x"));
    for (std::size_t i = 0; i < page[k].at("traces").size(); ++i)
      for (const char* key : {"name", "kind", "x", "y", "lower", "upper"})
        CHECK(chart.at("traces")[i].at(key) == page[k].at("traces")[i].at(key));
  }
}

TEST_CASE("Demands have tokens a parameter, which rise, and what is best where nothing is served") {
  const Json charts = charts_of_page(
      "optimum --published besiroglu2024 --quality-of 13B --inference-tokens 0,1T,10T");
  const Json& ratio = charts.back();
  CHECK(ratio.at("y").at("title") == "tokens per parameter, D / N");
  CHECK(ratio.at("x").at("log") == true);
  const Json& plan = ratio.at("traces")[0];
  CHECK(plan.at("x") == Json({1e12, 1e13}));
  const Numbers y = numbers(plan, "y"), unserved = numbers(ratio.at("traces")[1], "y");
  CHECK(unserved[0] < y[0]);
  CHECK(y[0] < y[1]);
  const Json two =
      charts_of_page("optimum --published besiroglu2024 --quality-of 13B --inference-tokens 0,1T");
  CHECK(two.back().at("x").at("log") == false);
  CHECK(two.back().at("traces")[0].at("x") == Json({0, 1e12}));
}

TEST_CASE("One budget has a chart too: its loss over sizes") {
  const Json charts = charts_of_page("optimum --published besiroglu2024 --compute 1e22");
  REQUIRE(charts.size() == 1);
  CHECK(charts[0].at("x").at("title") == "model size N, parameters");
  CHECK(charts[0].at("traces").size() == 2);
}

TEST_CASE("A forecast marks where the data bind, as its report says it") {
  const std::string ask =
      "forecast --published besiroglu2024 --compute 1e26 --from 2024 --growth 4x/year:3x..5x "
      "--unique-tokens 50T:20T..100T --years 6";
  const Json charts = charts_of_page(ask);
  const Json& mark = charts[1].at("traces").back();
  CHECK(mark.at("name") == "data bind");
  const Json binding = Json::parse(run_program(ask + " --json - ").output).at("data_bind");
  CHECK(is_near(numbers(mark, "x")[0], 2024 + binding.at("years").at("value").get<double>()));
  CHECK(numbers(mark, "x_lower")[0] < numbers(mark, "x")[0]);
  CHECK(numbers(mark, "x")[0] < numbers(mark, "x_upper")[0]);
  CHECK(is_near(numbers(mark, "y")[0], 5e13));
}

}  // namespace isoloss
