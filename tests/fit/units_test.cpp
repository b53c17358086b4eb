// Rescaling a column, the response or a constant of a formula rescales the answers and changes
// nothing else.

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "host/laws/all_laws.h"
#include "host/laws/registry.h"
#include "tests/case_fits.h"
#include "tests/catch.h"
#include "tests/law_draws.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kPowers[] = {-30, -9, -3, 3, 9, 15, 30};

// One for each unit, from the list in turn.
int power_of(std::size_t i) { return kPowers[i % std::size(kPowers)]; }

FitResult fit_of(const RunTable& runs, const LawEntry& law) {
  FitOptions options;
  options.num_resamples = 0;
  options.residual_loss.kind = ResidualKind::squared;
  return fit(runs, std::make_shared<const LawEntry>(law), options);
}

// The column of an input; its unit moves with those that are centred with it.
std::vector<double>& column_of(RunTable& runs, const LawInput& input) {
  const auto known = static_cast<Input>(input.table);
  return known == Input::N   ? runs.params
         : known == Input::D ? runs.tokens
         : known == Input::C ? runs.flops
                             : runs.further[input.column];
}

void check_near(double ours, double theirs) {
  CHECK(std::fabs(ours - theirs) <= tolerance::kUnits * std::fmax(1, std::fabs(theirs)));
}

// theta of `plain` where the centre's units are those of `scaled`.
void check_scaled(const LawEntry& law, const FitResult& plain, const FitResult& scaled,
                  const Centre& moved) {
  CHECK(scaled.status == plain.status);
  CHECK(scaled.warnings.size() == plain.warnings.size());
  check_near(scaled.objective / plain.objective, 1);
  check_near(scaled.identifiability.condition / plain.identifiability.condition, 1);
  if (plain.status == Status::not_identifiable) return;
  const Theta expected = law.from_search(plain.theta, moved);
  for (int k = 0; k < law.num_params(); ++k) {
    INFO(law.params[static_cast<std::size_t>(k)].name);
    const auto index = static_cast<std::size_t>(k);
    if (!plain.params[index].at_bound) check_near(scaled.theta[index], expected[index]);
  }
}

}  // namespace

TEST_CASE("Each law's parameters move with the unit of its response as its table says") {
  for_each_law([]<class L>() {
    INFO(L::name);
    const LawEntry& law = find_law(L::name);
    CHECK(!law.response_shifts.empty());
    LawDraws draws;
    for (int round = 0; round < 20; ++round) {
      const Run<L, double> run = draws.template run<L>();
      const auto start = draws.template start<L>();
      Theta theta{};
      std::copy(start.begin(), start.end(), theta.begin());
      Centre moved{};
      moved[kResponse] = draws.in({-5, 5});
      const double plain = L::log_loss(theta.data(), run);
      if (std::isnan(plain)) continue;
      const double scaled = L::log_loss(law.from_search(theta, moved).data(), run);
      CHECK(std::fabs(scaled - plain - moved[kResponse]) <=
            tolerance::kClosedForm * std::fmax(1, std::fabs(plain)));
    }
  });
}

TEST_CASE(
    "A factor on the response or a column of any law scales its parameters and nothing else") {
  int num_compared = 0;
  for (std::size_t l = 0; l < all_laws().size(); ++l) {
    const LawEntry& law = all_laws()[l];
    INFO(law.name);
    const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 0, 64);
    const FitResult plain = fit_of(runs, law);
    // Another search may end elsewhere.
    if (plain.status == Status::not_converged || plain.status == Status::not_identifiable) continue;
    ++num_compared;
    RunTable scaled = runs;
    Centre moved{};
    moved[kResponse] = power_of(l) * std::numbers::ln10;
    if (law.response_shifts[0].over >= 0) moved[kResponse] /= 10;  // 1e30^(1/alpha) is no double
    for (double& loss : scaled.loss) loss *= std::exp(moved[kResponse]);
    for (std::size_t k = 0; k < law.inputs.size(); ++k) {
      const LawInput& input = law.inputs[k];
      if (input.table < 0 || input.is_history()) continue;
      const auto unit =
          static_cast<std::size_t>(info_of(static_cast<Input>(input.table)).centred_with);
      if (!law.moves_with(static_cast<Input>(unit))) continue;
      CHECK(fixed_unit(static_cast<Input>(unit), law.name).empty());
      if (moved[unit] == 0) moved[unit] = power_of(l + k + 1) * std::numbers::ln10;
      for (double& x : column_of(scaled, input)) x *= std::exp(moved[unit]);
    }
    check_scaled(law, plain, fit_of(scaled, law), moved);
  }
  CHECK(num_compared >= 15);
}

TEST_CASE("A law's column has a unit that is taken out, or a reason why not") {
  for (const LawEntry& law : all_laws())
    for (const LawInput& input : law.inputs) {
      INFO(law.name << ", " << input.symbol);
      REQUIRE(input.table >= 0);
      const auto own = static_cast<Input>(input.table);
      const bool is_taken_out = law.moves_with(info_of(own).centred_with);
      CHECK((is_taken_out || !fixed_unit(own, law.name).empty()));
    }
}

TEST_CASE("A constant of a formula scales its parameter and nothing else") {
  const auto asked = [](int power) {
    return CaseQuestion{"tiny_param.csv",
                        fmt::format("offset + amp*exp(-x*s/1.6e{})", power),
                        "y",
                        ResidualKind::squared,
                        true,
                        {}};
  };
  const FitResult plain = fit_case(asked(0));
  CHECK(plain.status == Status::converged);
  for (const int power : kPowers) {
    INFO("constant 1.6e" << power);
    const FitResult scaled = fit_case(asked(power));
    CHECK(scaled.status == plain.status);
    check_near(scaled.objective / plain.objective, 1);
    const double factor = std::pow(10, power);
    const ParamEstimate& own = param_of(scaled, "s");
    const ParamEstimate& unscaled = param_of(plain, "s");
    check_near(own.value / factor, unscaled.value);
    CHECK(own.profile->lower / factor ==
          Approx(unscaled.profile->lower).epsilon(tolerance::kProfileEnd));
    CHECK(own.profile->upper / factor ==
          Approx(unscaled.profile->upper).epsilon(tolerance::kProfileEnd));
  }
}

TEST_CASE("A factor on the response of a formula scales what multiplies it and nothing else") {
  const struct {
    const char* file;
    const char* law;
    const char* response;
    bool is_linear;
    std::vector<const char*> scaled;  // parameters that have the response's unit
  } cases[] = {
      {"tiny_param.csv", "offset + amp*exp(-x*s/1.6e-16)", "y", true, {"offset", "amp"}},
      {"tiny_param.csv", "amp*exp(-x*s/1.6e-16)", "y", false, {"amp"}},
      {"power_offset.csv", "c0 + c*x^m", "y", true, {"c0", "c"}},
      {"power_offset.csv", "c*x^m", "y", false, {"c"}},
      {"line.csv", "a + b*flops", "hours", false, {"a", "b"}},
      {"quadratic_tokens.csv", "a + b*tokens + c*tokens^2", "score", true, {"a", "b", "c"}},
  };
  for (const auto& [file, law, response, is_linear, names] : cases) {
    CaseQuestion asked{file, law, response, ResidualKind::squared, is_linear, {}};
    const FitResult plain = fit_case(asked);
    for (const int power : kPowers) {
      INFO(law << ", response times 1e" << power);
      asked.response_factor = std::pow(10, power);
      const FitResult scaled = fit_case(asked);
      CHECK(scaled.status == plain.status);
      const double squared = is_linear ? asked.response_factor * asked.response_factor : 1;
      check_near(scaled.objective / squared / plain.objective, 1);
      check_near(scaled.identifiability.condition / plain.identifiability.condition, 1);
      for (const ParamEstimate& param : plain.params) {
        const bool has_unit = std::find(names.begin(), names.end(), param.name) != names.end();
        const double factor = has_unit ? asked.response_factor : 1;
        check_near(param_of(scaled, param.name).value / factor / param.value, 1);
      }
    }
  }
}

}  // namespace isoloss
