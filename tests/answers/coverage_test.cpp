#include "host/answers/coverage/coverage.h"

#include <cmath>
#include <string>
#include <vector>

#include "host/answers/coverage/noise_draws.h"
#include "host/answers/coverage/simulate.h"
#include "host/report/coverage.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/synthetic_runs.h"

namespace isoloss {
namespace {

FitOptions least_squares(int num_resamples) {
  FitOptions out;
  out.residual_loss.kind = ResidualKind::squared;
  out.num_resamples = num_resamples;
  out.num_threads = 2;
  return out;
}

RunTable planted(int num_runs) {
  const LawEntry& law = find_law("chinchilla");
  return planted_runs(law, typical_theta(law), 0.01, 5, num_runs);
}

// Runs of ten checkpoints each, on the curve of typical parameters.
RunSource checkpoints(int num_runs) {
  const LawEntry& law = find_law("chinchilla");
  const Theta theta = typical_theta(law);
  std::string csv = "run,params,tokens,loss\n";
  for (int run = 0; run < num_runs; ++run) {
    const double N = std::pow(10, 7.5 + 0.6 * (run % 5));
    for (int k = 1; k <= 10; ++k) {
      const double D = N * std::pow(2, run / 5) * k;
      const double loss = law.predict(theta, std::vector{std::log(N), std::log(D)});
      csv += fmt::format("r{},{},{},{}\n", run, N, D, loss);
    }
  }
  return source_of(csv);
}

// What each set is off the truth by, row by row.
std::vector<std::vector<double>> errors_of(const RunSource& source, const std::string& noise,
                                           int num_sets) {
  const FittedLaw law = fit(source, least_squares(0));
  const NoiseDraws none(parse_noise("gauss:sd=1e-300"), *law.made, law.theta());
  const NoiseDraws draws(parse_noise(noise), *law.made, law.theta());
  const std::vector<double> truth = none.draw(1, 0);
  std::vector<std::vector<double>> out;
  for (int set = 0; set < num_sets; ++set) {
    out.push_back(draws.draw(1, static_cast<std::uint64_t>(set)));
    for (std::size_t i = 0; i < truth.size(); ++i)
      out.back()[i] = std::log(out.back()[i] / truth[i]);
  }
  return out;
}

double mean_of(const std::vector<std::vector<double>>& errors,
               double (*of)(const std::vector<double>& set)) {
  double sum = 0;
  for (const std::vector<double>& set : errors) sum += of(set);
  return sum / static_cast<double>(errors.size());
}

double mean_square(const std::vector<double>& set) {
  double sum = 0;
  for (const double own : set) sum += own * own / static_cast<double>(set.size());
  return sum;
}

}  // namespace

TEST_CASE("Noise is read from text and written back") {
  for (const char* text :
       {"residuals", "gauss:sd=0.0075", "student:scale=0.004,degrees=3",
        "student:scale=0.004,degrees=5,growth=0.45,outliers=0.05,times=10,correlation=0.9,fades"})
    CHECK(noise_text(parse_noise(text)) == text);
}

TEST_CASE("Noise that is none is refused with what to write") {
  for (const auto& [text, what] : std::vector<std::pair<std::string, std::string>>{
           {"", "no kind of noise"},
           {"gaus:sd=1", "did you mean gauss?"},
           {"gauss", "has no width"},
           {"gauss:sd=-1", "positive"},
           {"gauss:sd=nan", "no number"},
           {"gauss:sd=0.1,outlier=0.1", "did you mean outliers?"},
           {"gauss:sd=0.1,correlation=1", "between 0 and 1"},
           {"gauss:sd=0.1,fades", "without a correlation"},
           {"student:scale=0.1,degrees=2.5", "whole"},
           {"student:sd=0.1", "sd goes with gauss"},
           {"gauss:sd=0.1,degrees=5", "degrees goes with student"},
           {"gauss:sd=0.1,times=5", "times without outliers"},
           {"residuals:outliers=0.1", "as they are"}}) {
    INFO(text);
    const std::string own = text;
    CHECK(refusal([&] { parse_noise(own); }).find(what) != std::string::npos);
  }
}

TEST_CASE("Simulated noise has the width, the growth and the tails that were asked for") {
  const RunSource source = source_of(planted(200));
  CHECK(mean_of(errors_of(source, "gauss:sd=0.02", 50), mean_square) ==
        Approx(0.02 * 0.02).epsilon(0.05));
  // The variance of Student's t with 5 degrees of freedom is 5/3.
  CHECK(mean_of(errors_of(source, "student:scale=0.02,degrees=5", 50), mean_square) ==
        Approx(0.02 * 0.02 * 5 / 3).epsilon(0.1));
  CHECK(mean_of(errors_of(source, "gauss:sd=0.02,outliers=0.1,times=10", 50), mean_square) ==
        Approx(0.02 * 0.02 * (0.9 + 0.1 * 100)).epsilon(0.1));
}

TEST_CASE("Rows of a run are as correlated as was asked") {
  const RunSource source = checkpoints(40);
  const auto neighbours = [](const std::vector<double>& set) {
    double product = 0, square = 0;
    for (std::size_t run = 0; run < set.size(); run += 10)
      for (std::size_t a = run; a < run + 10; ++a)
        for (std::size_t b = run; b < run + 10; ++b)
          if (a != b) product += set[a] * set[b], square += set[a] * set[a];
    return product / square;
  };
  CHECK(mean_of(errors_of(source, "gauss:sd=0.02,correlation=0.6", 50), neighbours) ==
        Approx(0.6).margin(0.05));
  // Of AR(1) with 0.9 the mean correlation of two of ten neighbours is 0.70.
  CHECK(mean_of(errors_of(source, "gauss:sd=0.02,correlation=0.9,fades", 50), neighbours) ==
        Approx(0.70).margin(0.05));
  // A name a row tells no runs apart.
  const Simulated named =
      simulate(checkpoints(4), parse_noise("residuals"), 0, {}, least_squares(0));
  std::string csv = simulated_csv(named);
  for (std::size_t at = csv.find("\nr"), row = 0; at != csv.npos; at = csv.find("\nr", at + 1))
    csv.insert(at + 1, fmt::format("n{}", row++));
  CHECK(refusal([&] {
          simulate(source_of(csv), parse_noise("gauss:sd=0.02,correlation=0.6"), 0, {},
                   least_squares(0));
        }).find("nothing tells runs apart") != std::string::npos);
  CHECK(refusal([&] {
          coverage(source_of(planted(40)), {parse_noise("gauss:sd=0.02,correlation=0.6"), 10, {}},
                   least_squares(10));
        }).find("nothing tells runs apart") != std::string::npos);
}

TEST_CASE("Intervals of independent runs hold the truth as often as they promise") {
  const Coverage got = coverage(source_of(planted(120)), {parse_noise("gauss:sd=0.01"), 200, {}},
                                least_squares(199));
  REQUIRE(got.rows.size() == 5 + 1 + 3 * 3);
  for (const CoverageRow& row : got.rows) {
    INFO(row.quantity);
    const CoverageShare* own = row.by(IntervalMethod::percentile);
    REQUIRE(own != nullptr);
    CHECK(own->num_sets == 200);
    CHECK(own->share >= 0.90);
    CHECK(own->share <= 0.99);
    CHECK(std::fabs(row.bias) < row.rmse);
  }
  REQUIRE(got.rows[0].by(IntervalMethod::profile) != nullptr);
  CHECK(got.rows[0].by(IntervalMethod::profile)->share > 0.9);
  CHECK(got.outcome() == Outcome::sound);
}

TEST_CASE("A sandwich holds where noise grows with size, and the linearised interval does not") {
  const CoverageQuestion question{parse_noise("gauss:sd=0.005,growth=0.9"), 100, {}};
  const Coverage got = coverage(source_of(planted(120)), question, least_squares(99));
  const CoverageRow& alpha = got.rows[3];
  REQUIRE(alpha.quantity == "alpha");
  CHECK(alpha.by(IntervalMethod::sandwich)->share > 0.85);
  CHECK(alpha.by(IntervalMethod::linearised)->share <
        alpha.by(IntervalMethod::sandwich)->share - 0.05);
}

TEST_CASE("Checkpoints of a run that are taken as independent are seen to be too sure") {
  const CoverageQuestion question{parse_noise("gauss:sd=0.02,correlation=0.9"), 100, {}};
  FitOptions options = least_squares(199);
  const Coverage by_run = coverage(checkpoints(30), question, options);
  options.group_by_run = false;
  const Coverage by_row = coverage(checkpoints(30), question, options);
  CHECK(by_run.by_run);
  CHECK(by_run.num_units == 30);
  CHECK_FALSE(by_row.by_run);
  const auto share_of = [](const Coverage& of, std::size_t k) {
    return of.rows[k].by(IntervalMethod::percentile)->share;
  };
  CHECK(share_of(by_run, 0) > 0.85);  // E
  CHECK(share_of(by_row, 0) < 0.7);
  REQUIRE_FALSE(by_row.warnings.empty());
  CHECK(by_row.warnings.back().name == "coverage_missed");
}

TEST_CASE("A coverage has the same digits on any number of threads, and residuals of the fit") {
  FitOptions options = least_squares(50);
  const CoverageQuestion question{parse_noise("residuals"), 20, {}};
  options.num_threads = 1;
  const std::string one = coverage_json(coverage(source_of(planted(60)), question, options));
  options.num_threads = 3;
  CHECK(coverage_json(coverage(source_of(planted(60)), question, options)) == one);
  options.seed = 2;
  CHECK(coverage_json(coverage(source_of(planted(60)), question, options)) != one);
}

TEST_CASE("The truth may be another fit of the same law, and no other law's") {
  FitOptions options = least_squares(50);
  const CoverageQuestion question{parse_noise("gauss:sd=0.01"), 10, published("besiroglu2024")};
  const Coverage got = coverage(source_of(planted(60)), question, options);
  CHECK(got.rows[0].truth == Approx(1.8172).epsilon(1e-3));
  options.law = "kaplan";
  CHECK(refusal([&] {
          coverage(source_of(planted(60)), question, options);
        }).find("fit the law of the truth") != std::string::npos);
}

TEST_CASE("Noise beyond all measure is refused") {
  const Noise wide = parse_noise("gauss:sd=1000");
  for (const std::string& said :
       {refusal([&] {
          coverage(source_of(planted(40)), {wide, 10, {}}, least_squares(20));
        }),
        refusal([&] { simulate(source_of(planted(40)), wide, 0, {}, least_squares(0)); })})
    CHECK(said.find("this noise moves the log of a response by ") != std::string::npos);
}

TEST_CASE("Simulated runs are a file that is read back to the bit") {
  const RunSource source = checkpoints(6);
  const Simulated got = simulate(source, parse_noise("gauss:sd=0.01"), 3, {}, least_squares(0));
  const FittedLaw again = fit(source_of(simulated_csv(got)), least_squares(0));
  CHECK(again.made->runs.loss == got.runs.loss);
  CHECK(again.made->runs.params == got.runs.params);
  CHECK(again.made->runs.run == got.runs.run);
  const Simulated other = simulate(source, parse_noise("gauss:sd=0.01"), 4, {}, least_squares(0));
  CHECK(other.runs.loss != got.runs.loss);
}

}  // namespace isoloss
