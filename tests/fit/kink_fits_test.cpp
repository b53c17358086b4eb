// Whole fits whose noise is far above Huber's delta, and of absolute residuals: power laws against
// their exact optima, tiny deltas, level faces, degenerate resamples, coverage.

#include <algorithm>
#include <cmath>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"
#include "host/report/fit.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/has_warning.h"
#include "tests/input_error.h"
#include "tests/power_law_runs.h"
#include "tests/simulated.h"
#include "tests/test_files.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

struct Fitted {
  RunTable runs;
  FitResult fit;
};

std::vector<std::string> headers_of(const std::string& csv) {
  std::vector<std::string> out;
  std::istringstream line(csv.substr(0, csv.find('\n')));
  for (std::string header; std::getline(line, header, ',');) out.push_back(header);
  return out;
}

Fitted fitted(const std::string& csv, const std::string& response, const FitOptions& options) {
  LawEntry law = choose_law({options.law, {}, true, response}, headers_of(csv));
  ReadOptions read;
  read.response = response;
  read_for(law, read);
  Fitted out;
  out.runs = parse_runs(csv, "x.csv", read);
  out.fit = fit(out.runs, std::make_shared<const LawEntry>(std::move(law)), options);
  return out;
}

FitOptions of_law(const std::string& law, ResidualKind kind, int num_resamples = 0) {
  FitOptions options;
  options.law = law;
  options.residual_loss.kind = kind;
  options.num_resamples = num_resamples;
  return options;
}

bool is_near(double value, double exact) {
  return std::fabs(value - exact) <= tolerance::kExactOptimum * exact;
}

}  // namespace

TEST_CASE("Power laws in small files reach their exact optimum, Huber and absolute") {
  const struct {
    const char* file;
    const char* law;
    const char* response;
    double huber;
    double absolute;  // 0: not known
  } cases[] = {
      {"power_5", "a*C^b", "y", 2.9481316970530e-4, 0.29656316970531},
      {"power_4", "a*C^b", "cbs", 2.3904078830026e-4, 0.24076342782586},
      {"batch_power", "c*D^q", "bs", 7.3170026601722e-3, 7.3222032411319},
      {"power_big", "a*x^b", "y", 8.8915109707205e-3, 8.8956835618901},
      {"accuracy_power", "A/x^a", "y", 2.2901724100526e-4, 0.23377030374848},
      {"lr_bs_best", "c*N^a*D^b", "lr_opt", 4.7522308872802e-3, 0},
      {"lr_bs_best", "c*N^a*D^b", "bs_opt", 2.2037114894869e-3, 0},
  };
  for (const auto& own : cases) {
    INFO(own.file << " " << own.response);
    const std::string csv = test_file(std::string("cases/") + own.file + ".csv");
    const FitResult huber = fitted(csv, own.response, of_law(own.law, ResidualKind::huber)).fit;
    CHECK(is_near(huber.objective, own.huber));
    CHECK(huber.status == Status::converged);
    if (own.absolute == 0) continue;
    const FitResult absolute =
        fitted(csv, own.response, of_law(own.law, ResidualKind::absolute)).fit;
    CHECK(is_near(absolute.objective, own.absolute));
    CHECK(absolute.status == Status::converged);
  }
}

TEST_CASE("Planted power laws end in the best line through two runs, whatever the noise") {
  for (const double noise : {0.02, 0.3, 1.0}) {
    for (std::uint64_t stream = 0; stream < 8; ++stream) {
      const std::string csv = power_law_csv(stream % 2 == 0 ? 12 : 40, noise, stream);
      const Fitted own = fitted(csv, "y", of_law("c*x^q", ResidualKind::absolute));
      CHECK(is_near(own.fit.objective, by_enumeration(own.runs)));
      CHECK(own.fit.status == Status::converged);
      // So does Huber's loss of a small delta, in units of delta, but for what delta rounds off.
      FitOptions options = of_law("c*x^q", ResidualKind::huber);
      options.residual_loss.huber_delta = 1e-9;
      const Fitted tiny = fitted(csv, "y", options);
      CHECK(tiny.fit.status == Status::converged);
      CHECK(std::fabs(tiny.fit.objective / options.residual_loss.huber_delta / own.fit.objective -
                      1) < tolerance::kTinyDelta);
    }
  }
}

TEST_CASE("Resamples of a power law are all proved") {
  for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::absolute}) {
    const Fitted own = fitted(power_law_csv(12, 0.3, 1), "y", of_law("c*x^q", kind, 400));
    CHECK(own.fit.bootstrap.num_not_converged == 0);
    CHECK(!own.fit.bootstrap.withheld);
    CHECK(own.fit.params[1].interval.has_value());
  }
}

TEST_CASE("Chinchilla converges with a delta far below its noise") {
  RunTable runs = figure4();
  for (const double delta : {1e-5, 1e-6, 1e-8}) {
    FitOptions options;
    options.num_resamples = 0;
    options.residual_loss.huber_delta = delta;
    CHECK(fit(runs, options).status == Status::converged);
  }
  FitOptions options;
  options.num_resamples = 50;
  options.residual_loss.kind = ResidualKind::absolute;
  const FitResult absolute = fit(runs, options);
  CHECK(absolute.status == Status::converged);
  CHECK(absolute.bootstrap.num_not_converged == 0);
}

TEST_CASE("A delta below the rounding of residuals is refused") {
  FitOptions options;
  options.residual_loss.huber_delta = 1e-13;
  const std::string text = refusal([&] { fit(figure4(), options); });
  CHECK(text.find("--huber-delta 1e-13") != std::string::npos);
  CHECK(text.find("--objective absolute") != std::string::npos);
}

TEST_CASE("An optimum that is a level face converges to its least squares and says so") {
  // Between 1 and 2 at x = 1 and between 3 and 6 at x = 10 every line is as good.
  const std::string csv = "x,y\n1,1\n1,2\n10,3\n10,6\n";
  const Fitted own = fitted(csv, "y", of_law("c*x^q", ResidualKind::absolute));
  CHECK(is_near(own.fit.objective, 2 * std::log(2.0)));
  CHECK(own.fit.status == Status::converged);
  CHECK(has_warning(own.fit, "flat_optimum"));
  CHECK(is_near(own.fit.theta[0], 0.5 * std::log(2.0)));
  CHECK(is_near(own.fit.theta[1], std::log10(3.0)));
}

TEST_CASE("Level faces and degenerate resamples are counted apart from lost ones") {
  const std::string csv = test_file("cases/power_4.csv");
  const Fitted own = fitted(csv, "cbs", of_law("a*C^b", ResidualKind::huber, 2000));
  const BootstrapReport& four = own.fit.bootstrap;
  CHECK(four.num_not_converged == 0);
  // One row four times: 4 of 4^4.
  CHECK(std::abs(four.num_degenerate - 2000 / 64) < 20);
  CHECK(!four.withheld);
  CHECK(as_text(describe_fit(own.runs, own.fit), {200}).find("with too few rows drawn") !=
        std::string::npos);

  const Fitted five =
      fitted(test_file("cases/power_5.csv"), "y", of_law("a*C^b", ResidualKind::huber, 2000));
  CHECK(five.fit.bootstrap.num_not_converged == 0);
  CHECK(five.fit.bootstrap.num_flat > 200);
  CHECK(as_text(describe_fit(five.runs, five.fit), {200}).find("on a level face") !=
        std::string::npos);
}

TEST_CASE("A straight line of hours is proved") {
  const std::string csv = test_file("cases/line.csv");
  for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::absolute})
    CHECK(fitted(csv, "hours", of_law("a + b*flops", kind)).fit.status == Status::converged);
}

TEST_CASE("Intervals of a power law with the default objective cover") {
  constexpr int kSets = 200;
  int covered = 0;
  for (std::uint64_t set = 0; set < kSets; ++set) {
    const Fitted own =
        fitted(power_law_csv(40, 0.3, 100 + set), "y", of_law("c*x^q", ResidualKind::huber, 400));
    const Interval& interval = own.fit.params[1].interval.value();
    covered += interval.lower <= 0.4 && 0.4 <= interval.upper;
  }
  CHECK(covered >= 0.90 * kSets);
  CHECK(covered <= 0.995 * kSets);
}

}  // namespace isoloss
