#include "tests/league/planted_set.h"

#include <algorithm>
#include <cmath>

#include "host/laws/law_choice.h"
#include "tests/synthetic_runs.h"

namespace isoloss::league {
namespace {

constexpr std::uint64_t kKey = 0x4C45414755;  // of all random numbers here

// Numbers in [0, 1) by place: stream `what` of set `seed`.
class Uniforms {
 public:
  Uniforms(const Cell& cell, std::uint64_t seed) : stream_(seed) {
    for (const char c : cell.law) stream_ = stream_ * 1'000'003 + static_cast<unsigned char>(c);
    stream_ = stream_ * 31 + static_cast<std::uint64_t>(cell.num_runs);
    stream_ = stream_ * 31 + static_cast<std::uint64_t>(1e6 * cell.noise);
  }
  double next() {
    const PhiloxBlock words = random_block(kKey, stream_, index_++);
    return (words.word[0] + 0.5) * 0x1p-32;
  }
  double in(double lower, double upper) { return lower + (upper - lower) * next(); }
  double normal() { return isoloss::normal(kKey + 1, stream_, index_++); }

 private:
  std::uint64_t stream_;
  std::uint32_t index_ = 0;
};

bool is_formula_of(const Cell& cell) { return is_formula(cell.law); }

std::shared_ptr<const LawEntry> law_of(const Cell& cell) {
  return std::make_shared<const LawEntry>(
      choose_law({cell.law, {}, true, is_formula_of(cell) ? "loss" : ""}, {}));
}

// A break of a broken law: how much the slope changes, the log of where, and the log of its width.
void plant_breaks(Theta& theta, std::size_t num_breaks, Uniforms& random) {
  std::vector<double> places;
  for (std::size_t i = 0; i < num_breaks; ++i) places.push_back(random.in(3.5, 17));
  std::sort(places.begin(), places.end());
  theta[0] = std::log(0.1 * random.in(0.2, 3));
  theta[1] = std::log(3);
  theta[2] = random.in(0, 0.2);
  for (std::size_t i = 0; i < num_breaks; ++i) {
    const double size = num_breaks > 1 ? random.in(0.1, 0.5) : random.in(0.2, 0.8);
    theta[3 + 3 * i] = num_breaks > 1 && random.next() < 0.5 ? -size : size;
    theta[4 + 3 * i] = places[i];
    theta[5 + 3 * i] = random.in(-1.5, 0.3);
  }
}

// Of the cells' formulas: the log of a weight and small exponents.
Theta formula_theta(const LawEntry& law) {
  Theta theta{};
  for (std::size_t k = 0; k < law.params.size(); ++k)
    theta[k] = law.is_log(static_cast<int>(k)) ? std::log(2e-3) : (k % 2 == 1 ? 0.55 : -0.3);
  return theta;
}

Theta planted_theta(const Cell& cell, const LawEntry& law, Uniforms& random) {
  Theta theta = is_formula_of(cell) ? formula_theta(law) : typical_theta(law);
  if (cell.law == "kaplan_params") theta[1] = 0.4;  // no noise of the cells turns it negative
  if (cell.law.starts_with("broken_")) plant_breaks(theta, (law.params.size() - 3) / 3, random);
  return theta;
}

// Places of runs: as the designs of other tests, at random instead of even.
RunTable random_design(const LawEntry& law, int num_runs, Uniforms& random) {
  RunTable out = design_for(law, num_runs);
  for (std::size_t i = 0; i < out.num_runs(); ++i) {
    for (const LawInput& input : law.inputs) {
      const Bounds range = design_range(static_cast<Input>(input.table));
      double value = range.lower * std::pow(range.upper / range.lower, random.next());
      if (input.table == static_cast<int>(Input::U))
        value = out.tokens[i] * std::min(1.0, std::pow(10, random.in(-1.7, 0.9)));
      if (input.table == static_cast<int>(Input::E)) value = std::exp2(std::floor(random.in(0, 6)));
      auto& column = input.column == "params"   ? out.params
                     : input.column == "tokens" ? out.tokens
                                                : out.further[input.column];
      column[i] = value;
    }
    if (!out.flops.empty()) out.flops[i] = 6 * out.params[i] * out.tokens[i];
  }
  return out;
}

}  // namespace

std::vector<Cell> all_cells() {
  static const ResidualKind kKinds[] = {ResidualKind::huber, ResidualKind::squared,
                                        ResidualKind::absolute};
  std::vector<Cell> out;
  for (const ResidualKind kind : kKinds)
    for (const char* law : {"c*D^q", "c*N^p*D^q", "kaplan_params"})
      for (const auto& [num, noise] :
           {std::pair{5, 0.3}, {12, 0.02}, {12, 0.3}, {40, 0.3}, {40, 1.0}})
        out.push_back({law, kind, num, noise, true});
  for (const char* law : {"chinchilla", "kaplan", "coupled", "data_constrained", "moe_joint",
                          "broken_1", "broken_2", "broken_3", "farseer"})
    for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::squared})
      for (const auto& [num, noise] : {std::pair{40, 0.01}, {150, 0.005}})
        out.push_back({law, kind, num, noise});
  for (const char* law : {"chinchilla", "kaplan", "coupled", "data_constrained", "broken_1"})
    out.push_back({law, ResidualKind::absolute, 60, 0.01});
  return out;
}

PlantedSet planted_set(const Cell& cell, std::uint64_t seed) {
  Uniforms random(cell, seed);
  PlantedSet out;
  out.law = law_of(cell);
  out.runs = random_design(*out.law, cell.num_runs, random);
  out.theta = planted_theta(cell, *out.law, random);
  for (std::size_t i = 0; i < out.runs.num_runs(); ++i)
    out.runs.loss[i] = out.law->predict(out.theta, seen_of(*out.law, out.runs, i)) *
                       std::exp(cell.noise * random.normal());
  return out;
}

}  // namespace isoloss::league
