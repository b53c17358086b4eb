// The compute-optimal model: published values, closed forms against the numerical root.

#include "fits/optimum.h"

#include <cmath>

#include "fits/laws/chinchilla.h"
#include "fits/laws/kaplan.h"
#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using laws::chinchilla;
using laws::kaplan;

// The constants of the source of Hoffmann et al. 2022, as Besiroglu et al. 2024 report them.
const double kHoffmann[] = {std::log(1.6933736809989528), std::log(406.4010175194737),
                            std::log(410.7228269450398), 0.33917084, 0.2849083};
// Kaplan et al. 2020, table 2: N_c, D_c, alpha_N, alpha_D.
const double kKaplan[] = {std::log(6.4e13), std::log(1.8e13), 0.076, 0.103};

// The chinchilla law without its closed form.
struct numerical_chinchilla : chinchilla {
  template <class T>
  static T log_loss(const T* theta, const Run<numerical_chinchilla, T>& run) {
    return chinchilla::log_loss(theta, Run<chinchilla, T>{{run[Input::N], run[Input::D]}});
  }
  template <class T>
  static T log_optimal_params(const T* theta, T log_ND) = delete;
};
static_assert(HasClosedOptimum<chinchilla> && !HasClosedOptimum<numerical_chinchilla>);

}  // namespace

TEST_CASE("Hoffmann's constants give the published losses and optima") {
  const struct {
    double C, N, D, L;
  } optima[] = {{1e20, 774873738.783455, 21508880521.403637, 2.553419177291679},
                {5.76e23, 40360938387.23629, 2378537363996.447, 1.9184120459968501},
                {1e26, 424997551932.40405, 39215912164401.13, 1.7946434359080414}};
  for (const auto& [C, N, D, L] : optima) {
    const Optimum<double> at = optimum<chinchilla>(kHoffmann, std::log(C / 6));
    INFO("C = " << C);
    CHECK(at.interior);
    CHECK(relative(std::exp(at.log_N), N) < tolerance::kClosedForm);
    CHECK(relative(std::exp(at.log_D), D) < tolerance::kClosedForm);
    CHECK(relative(std::exp(at.log_loss), L) < tolerance::kClosedForm);
    CHECK(relative(at.N_exponent, 0.45652591432554535) < tolerance::kClosedForm);
  }
}

TEST_CASE("The numerical root is the closed form") {
  for (const double C : {1e17, 1e21, 1e25, 1e29}) {
    const double log_ND = std::log(C / 6);
    const Optimum<double> closed = optimum<chinchilla>(kHoffmann, log_ND);
    const Optimum<double> root = optimum<numerical_chinchilla>(kHoffmann, log_ND);
    CHECK(relative(root.log_N, closed.log_N) < tolerance::kClosedForm);
    CHECK(relative(root.log_loss, closed.log_loss) < tolerance::kClosedForm);
  }
}

TEST_CASE("Kaplan's constants give the losses computed from the paper's equation 1.5") {
  const struct {
    double N, D, L;
  } losses[] = {
      {1e8, 1e9, 2.95673}, {1e8, 1e10, 2.78786}, {1e9, 1e10, 2.41965}, {1e9, 1e11, 2.33078}};
  for (const auto& [N, D, L] : losses) {
    const Run<kaplan, double> run{{std::log(N), std::log(D)}};
    CHECK(std::fabs(std::exp(kaplan::log_loss(kKaplan, run)) - L) < tolerance::kFiveDecimals);
  }
}

TEST_CASE("Kaplan's numerical optimum solves the stationarity condition in closed form") {
  // dL = 0 at N D = C / 6: N^(1 + a) = a N_c^a C / (6 D_c) with a = alpha_N / alpha_D.
  const double a = kKaplan[kaplan::alpha_N] / kKaplan[kaplan::alpha_D];
  for (const double C : {1e18, 5.76e23, 1e26}) {
    const double log_ND = std::log(C / 6);
    const double log_N =
        (std::log(a) + a * kKaplan[kaplan::log_N_c] + log_ND - kKaplan[kaplan::log_D_c]) / (1 + a);
    const Optimum<double> at = optimum<kaplan>(kKaplan, log_ND);
    CHECK(at.interior);
    CHECK(relative(at.log_N, log_N) < tolerance::kClosedForm);
    CHECK(relative(at.N_exponent, 1 / (1 + a)) < tolerance::kClosedForm);
  }
}

TEST_CASE("A law that falls towards one end has no optimum inside") {
  double theta[] = {0.5, 6, 8, 0.0, 0.3};  // alpha = 0: size does not matter
  CHECK(!optimum<chinchilla>(theta, std::log(1e22)).interior);
}

TEST_CASE("Where the loss rises with the budget the best size of a budget is no optimum") {
  const double falling[] = {0.5, 6, 8, 0.3, 0.3};
  CHECK(optimum<numerical_chinchilla>(falling, std::log(1e22)).interior);
  const double rising[] = {0.5, -6, -8, -0.3, -0.3};
  CHECK(!optimum<numerical_chinchilla>(rising, std::log(1e22)).interior);
}

TEST_CASE("The optimum of the fit of figure 4 is that of Besiroglu et al., within rounding") {
  FitOptions options;
  options.num_resamples = 0;
  options.compute = {5.76e23};
  const FitResult result = fit(figure4(), options);
  // From the golden constants E 1.81721.., A 477.8.., B 2143.4.., computed apart.
  const OptimumEstimate& at = result.optima.at(0);
  CHECK(std::fabs(at.N.value / 7.32e10 - 1) < tolerance::kThreeDigits);
  CHECK(std::fabs(at.D.value / 1.31e12 - 1) < tolerance::kThreeDigits);
  CHECK(relative(6 * at.N.value * at.D.value, 5.76e23) < tolerance::kClosedForm);
  CHECK(relative(at.tokens_per_param.value, at.D.value / at.N.value) < tolerance::kClosedForm);
  CHECK(relative(result.N_exponent.value + result.D_exponent.value, 1) < tolerance::kClosedForm);
}

}  // namespace isoloss
