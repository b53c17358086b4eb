// Formulas at published constants: losses and optima, which papers seldom print, computed from
// these constants apart from this program.
//
// tests/golden/laws.json has a table for each set of constants: the law, where the constants are
// published, the constants as shown (not their logs), rows of inputs and the loss, and how many
// digits of it are known.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/laws/all_laws.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

const Json& golden_laws() {
  static const Json laws = Json::parse(std::ifstream(ISOLOSS_SOURCE "/tests/golden/laws.json"));
  return laws;
}

template <class F>
void with_law(const std::string& name, F&& f) {
  for_each_law([&]<class L>() {
    if (L::name == name) f.template operator()<L>();
  });
}

template <class L>
std::vector<double> theta_of(const Json& constants) {
  REQUIRE(constants.size() == L::params.size());
  std::vector<double> theta;
  for (const Param& param : L::params) {
    const double shown = constants.at(std::string(param.name)).template get<double>();
    theta.push_back(param.scale == Scale::log ? std::log(shown) : shown);
  }
  return theta;
}

// numbers: in the order of the law's inputs.
template <class L>
double loss_at(const std::vector<double>& theta, const std::vector<double>& numbers) {
  Run<L, double> run;
  for (std::size_t i = 0; i < L::inputs.size(); ++i)
    run.value[i] = info_of(L::inputs[i]).axis == Axis::log ? std::log(numbers[i]) : numbers[i];
  return std::exp(L::log_loss(theta.data(), run));
}

template <class L>
bool reads(const Json& inputs) {
  bool same = inputs.size() == L::inputs.size();
  for (std::size_t i = 0; same && i < inputs.size(); ++i)
    same = inputs[i].get<std::string>() == info_of(L::inputs[i]).symbol;
  return same;
}

// Equal when printed with as many digits; with 15 of them, to the rounding of the formula.
void check_digits(double ours, double known, int digits) {
  const double unit = std::pow(10.0, std::floor(std::log10(known)) + 1 - digits);
  const double bound = digits >= 15 ? tolerance::kPublishedLoss * known : 0.5 * unit;
  INFO("ours " << ours << ", known " << known << " with " << digits << " digits");
  CHECK(std::fabs(ours - known) <= bound * (1 + tolerance::kPublishedLoss));
}

}  // namespace

TEST_CASE("Each law gives at published constants the losses computed apart from it") {
  for (const Json& table : golden_laws().at("losses")) {
    INFO(table.at("law") << ", " << table.at("source"));
    int num_checked = 0;
    with_law(table.at("law"), [&]<class L>() {
      const std::vector<double> theta = theta_of<L>(table.at("constants"));
      REQUIRE(reads<L>(table.at("inputs")));
      for (const std::vector<double> numbers : table.at("runs")) {
        REQUIRE(numbers.size() == L::inputs.size() + 1);
        check_digits(loss_at<L>(theta, numbers), numbers.back(), table.at("digits"));
        ++num_checked;
      }
    });
    CHECK(num_checked > 0);
  }
}

TEST_CASE("Closed optima at published constants are those computed apart from them") {
  for (const Json& table : golden_laws().at("optima")) {
    INFO(table.at("law") << ", " << table.at("source"));
    int num_checked = 0;
    const int digits = table.at("digits");
    with_law(table.at("law"), [&]<class L>() {
      if constexpr (HasClosedOptimum<L>) {
        const std::vector<double> theta = theta_of<L>(table.at("constants"));
        for (const Json& row : table.at("optima")) {
          const double log_ND = std::log(row[0].get<double>() / 6);
          const double log_N = L::log_optimal_params(theta.data(), log_ND);
          const double N = std::exp(log_N);
          const double D = std::exp(log_ND - log_N);
          check_digits(N, row[1], digits);
          check_digits(D, row[2], digits);
          if (!row[3].is_null()) check_digits(loss_at<L>(theta, {N, D}), row[3], digits);
          ++num_checked;
        }
      }
    });
    CHECK(num_checked > 0);
  }
}

TEST_CASE(
    "broken_1 has the known error in log y on the four-digit addition of Caballero et al. 2022") {
  const std::pair<double, double> points[] = {
      {160, 2.13809046}, {192, 2.11813418}, {256, 2.08955508}, {320, 2.06988398}, {384, 2.05404987},
      {448, 2.03837089}, {480, 2.02814281}, {512, 2.00496872}, {544, 1.95576149}, {576, 1.86313841},
      {608, 1.70891537}, {640, 1.50637664}, {672, 1.29754721}, {736, 0.96559684}, {800, 0.75856477},
      {864, 0.64768338}, {928, 0.55695445}};
  const std::vector<double> theta = theta_of<laws::broken_1>({{"a", 0.4138848},
                                                              {"b", 2.2772720},
                                                              {"c_0", 0.0550774},
                                                              {"c_1", 5.6629063},
                                                              {"d_1", 612.58364},
                                                              {"f_1", 0.0591930}});
  double squares[2] = {0, 0};  // of the first 14 points, which were fitted, and the last 3
  for (int i = 0; i < 17; ++i) {
    const auto& [x, y] = points[i];
    const double r = std::log(loss_at<laws::broken_1>(theta, {x})) - std::log(y);
    squares[i < 14 ? 0 : 1] += r * r;
  }
  check_digits(std::sqrt(squares[0] / 14), 5.98487e-4, 6);
  check_digits(std::sqrt(squares[1] / 3), 0.01091573, 6);
}

}  // namespace isoloss
