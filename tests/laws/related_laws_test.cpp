// Laws that contain one another, and laws written otherwise than in their papers.

#include <cmath>

#include "host/laws/all_laws.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

template <class L>
double log_loss(std::array<double, L::num_params> theta,
                std::array<double, L::inputs.size()> values) {
  Run<L, double> run;
  for (std::size_t i = 0; i < values.size(); ++i) run.value[i] = values[i];
  return L::log_loss(theta.data(), run);
}

void check_same(double a, double b) {
  CHECK(std::fabs(a - b) <= tolerance::kDerivative * std::max(1.0, std::fabs(b)));
}

}  // namespace

TEST_CASE("coupled contains chinchilla, with k = 1, and kaplan, without E") {
  using laws::coupled, laws::chinchilla, laws::kaplan;
  const double log_N = std::log(3e8);
  const double log_D = std::log(2e10);
  check_same(log_loss<coupled>({0.5, 6.0, 6.1, 0.34, 0.28, 1.0}, {log_N, log_D}),
             log_loss<chinchilla>({0.5, 6.0, 6.1, 0.34, 0.28}, {log_N, log_D}));
  const double ratio = 0.076 / 0.103;
  check_same(log_loss<coupled>({-100.0, ratio * 31.8, 30.5, ratio, 1.0, 0.103}, {log_N, log_D}),
             log_loss<kaplan>({31.8, 30.5, 0.076, 0.103}, {log_N, log_D}));
}

TEST_CASE("data_constrained is chinchilla where no token repeats and no parameter is in excess") {
  using laws::data_constrained, laws::chinchilla;
  const double log_N = std::log(1e9);
  const double log_D = std::log(5e10);
  check_same(
      log_loss<data_constrained>({0.6, 6.3, 7.3, 0.35, 0.36, 2.7, 1.7}, {log_N, log_D, log_D}),
      log_loss<chinchilla>({0.6, 6.3, 7.3, 0.35, 0.36}, {log_N, log_D}));
}

TEST_CASE("data_constrained weighs repeated tokens and excess parameters as its formula says") {
  using laws::data_constrained;
  const double E = 1.8, A = 500, B = 1500, alpha = 0.35, beta = 0.37, R_D = 15, R_N = 5;
  const double N = 5e9, D = 4e10, U = 1e10;
  const double N_opt = std::pow(alpha * A / (beta * B) * std::pow(U, beta), 1 / alpha);
  REQUIRE(N > N_opt);
  const double D_worth = U * (1 + R_D * (1 - std::exp(-(D / U - 1) / R_D)));
  const double N_worth = N_opt * (1 + R_N * (1 - std::exp(-(N / N_opt - 1) / R_N)));
  const double loss = E + A * std::pow(N_worth, -alpha) + B * std::pow(D_worth, -beta);
  check_same(log_loss<data_constrained>(
                 {std::log(E), std::log(A), std::log(B), alpha, beta, std::log(R_D), std::log(R_N)},
                 {std::log(N), std::log(D), std::log(U)}),
             std::log(loss));
}

TEST_CASE("overtraining is Gadre's law of compute and tokens per parameter") {
  const double E = 1.5, a = 141, b = 190, eta = 0.12;
  const double N = 4e8, D = 1e11;
  const double C = 6 * N * D;
  const double M = D / N;
  const double loss = E + (a * std::pow(M, eta) + b * std::pow(M, -eta)) * std::pow(C, -eta);
  check_same(log_loss<laws::overtraining>({std::log(E), std::log(a), std::log(b), eta},
                                          {std::log(N), std::log(D)}),
             std::log(loss));
}

TEST_CASE("precision_post is precision where the weights keep their bits") {
  using laws::precision, laws::precision_post;
  const double log_N = std::log(2e8);
  const double log_D = std::log(2e10);
  check_same(log_loss<precision_post>({1, 8, 10, 0.5, 0.5, 1, 0.8, 0, -3, 0.5, 0.3, -0.5},
                                      {log_N, log_D, 8, 4, 6, 64}),
             log_loss<precision>({1, 8, 10, 0.5, 0.5, 1, 0.8, 0}, {log_N, log_D, 8, 4, 6}));
}

TEST_CASE(
    "saturating solves Alabdulmohsin's M4, and is a power law with a constant for alpha = 0") {
  const double E = 0.3, R = 2, x_0 = 1e3, c = 0.4;
  for (const double alpha : {0.4, 1.0, 2.5})
    for (const double x : {1e-3, 1e2, 1e3, 1e6}) {
      const double L = std::exp(log_loss<laws::saturating>(
          {std::log(E), std::log(R), std::log(x_0), alpha, c}, {std::log(x)}));
      const double beta = std::pow(R, 1 - alpha) * std::pow(x_0, c);
      const double left = std::log(L - E) - alpha * std::log(E + R - L);
      CHECK(std::fabs(left - (std::log(beta) - c * std::log(x))) < tolerance::kClosedForm);
    }
  // Far beyond x_0, (1 - p)^alpha is 1.
  check_same(log_loss<laws::saturating>({-1, 0, 7, 2, 2}, {40}),
             log_loss<laws::power_constant>({-1, 7, 2}, {40}));
}

TEST_CASE("Broken power laws whose slopes do not change are one power law") {
  const double plain = log_loss<laws::power_constant>({-1, 10, 0.3}, {12});
  check_same(log_loss<laws::broken_1>({-1, 3, 0.3, 0, 8, -1}, {12}), plain);
  check_same(log_loss<laws::broken_2>({-1, 3, 0.3, 0, 8, -1, 0, 9, -2}, {12}), plain);
  check_same(log_loss<laws::broken_3>({-1, 3, 0.3, 0, 8, -1, 0, 9, -2, 0, 14, 0}, {12}), plain);
}

TEST_CASE("A broken power law has the slope of each stretch between its breaks") {
  const auto slope = [](double log_x) {
    const std::array<double, 9> theta{-40, 3, 0.3, 0.5, 10, -3, -0.2, 20, -3};
    return log_loss<laws::broken_2>(theta, {log_x + 1}) - log_loss<laws::broken_2>(theta, {log_x});
  };
  CHECK(std::fabs(slope(5) + 0.3) < tolerance::kClosedForm);
  CHECK(std::fabs(slope(14) + 0.8) < tolerance::kClosedForm);
  CHECK(std::fabs(slope(24) + 0.6) < tolerance::kClosedForm);
}

TEST_CASE("power_saturating is a power law before x_1 and level beyond") {
  using laws::power_saturating;
  check_same(log_loss<power_saturating>({2, 60, 0.3}, {10}), 2 - 0.3 * 10);
  check_same(log_loss<power_saturating>({2, 10, 0.3}, {60}), 2 - 0.3 * 10);
}

TEST_CASE("Laws of downstream tasks and of annealing follow their formulas") {
  check_same(log_loss<laws::overtraining_error>({std::log(0.76), std::log(1.3), 0.97}, {2.5}),
             std::log(0.76 - 1.3 * std::exp(-0.97 * 2.5)));
  CHECK(std::isnan(log_loss<laws::overtraining_error>({std::log(0.76), 3, 0.1}, {2.5})));
  check_same(log_loss<laws::accuracy_sigmoid>({std::log(0.25), std::log(0.6), 3, 1.5}, {1.2}),
             std::log(0.25 + 0.6 / (1 + std::exp(-3 * (1.5 - 1.2)))));
  check_same(log_loss<laws::lr_annealing>({std::log(2.5), std::log(0.6), 0.45, std::log(0.5)},
                                          {std::log(6.0), 0.2}),
             std::log(2.5 + 0.6 * std::pow(6.0, -0.45) - 0.5 * 0.2));
  CHECK(std::isnan(log_loss<laws::lr_annealing>({0, 0, 0.5, 5}, {1, 1})));
}

}  // namespace isoloss
