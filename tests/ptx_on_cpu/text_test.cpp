// A tape as text against the same tape interpreted on the host: what evaluate_tape() gives, for
// every law that runs as a tape and for formulas, ordinary and hostile.

#include <cmath>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"
#include "tests/ptx_on_cpu/texts/text_laws.h"
#include "tests/synthetic_runs.h"

namespace isoloss {
namespace {

constexpr int kRuns = 41;
constexpr int kProblems = 8;  // tiles of two warps

struct TextCase {
  LawEntry law;
  Problem problem;
  Resampling resampling{.seed = 7, .num_resamples = kProblems, .num_units = kRuns};
  std::vector<double> thetas;  // of each problem
};

// About typical parameters, about zero, and where numbers end.
double shaken(double typical, int problem, int k) {
  if (problem == kProblems - 1) return k % 2 == 0 ? 800.0 : -800.0;
  if (problem == kProblems - 2) return -0.0;
  return typical * (1 + 0.07 * std::sin(3 * problem + k)) + 0.01 * (problem - 2);
}

TextCase text_case(const std::string& name) {
  LawEntry law = text_law(name);
  const Theta typical = typical_theta(law);
  const bool is_formula = name.starts_with("formula_");
  RunTable runs = is_formula ? few_runs(kRuns) : planted_runs(law, typical, 0.01, 1, 44);
  TextCase out{.law = law, .problem = Problem(runs, law, 3), .thetas = {}};
  out.resampling.num_units = static_cast<std::uint32_t>(runs.num_runs());
  for (int b = 0; b < kProblems; ++b)
    for (int k = 0; k < law.num_params(); ++k)
      out.thetas.push_back(shaken(typical[static_cast<std::size_t>(k)], b, k));
  return out;
}

// The payload of NaN is nobody's.
void check_equal(std::span<const double> own, std::span<const double> expected) {
  for (std::size_t i = 0; i < own.size(); ++i) {
    INFO("entry " << i << ": " << own[i] << ", expected " << expected[i]);
    CHECK((std::isnan(own[i]) == std::isnan(expected[i])));
    if (!std::isnan(expected[i])) CHECK(bits({&own[i], 1}) == bits({&expected[i], 1}));
  }
}

template <int P>
std::span<const double> numbers(const Evaluation<P>& at, bool with_scale) {
  const auto num = static_cast<std::size_t>(1 + P + num_packed(P) + (with_scale ? 2 * P + 1 : 0));
  return {&at.value, num};
}

template <int P>
std::vector<Evaluation<P>> on_device(const TextCase& c, const std::string& name, double delta,
                                     bool with_scale, const ptx::ThreadOrder& order) {
  ptx::Memory memory;
  const ProblemRuns problems =
      draw(memory, c.problem.view(), c.resampling, order, c.law.num_inputs());
  Evaluation<P>* d_out = memory.allocate<Evaluation<P>>(kProblems);
  ptx::launch(memory, ptx::find_kernel("run_text_of_" + name + "_kernel"),
              {.block = kProblems * kNumLanes, .order = order}, problems, delta,
              memory.copy_in(c.thetas), c.law.num_params(), with_scale, d_out);
  return memory.copy_out(d_out, kProblems);
}

template <int P>
void check_text(const TextCase& c, const std::string& name, double delta, bool with_scale) {
  const LawKernels kernels = c.law.kernels(SimdLevel::portable);
  const auto evaluate = with_scale ? kernels.evaluate_with_scale : kernels.evaluate;
  WeightedRuns selected(c.problem.view(), c.law.num_inputs());
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const auto own = on_device<P>(c, name, delta, with_scale, order);
    for (int b = 0; b < kProblems; ++b) {
      INFO("problem " << b << ", delta " << delta << (with_scale ? ", with scale" : ""));
      const auto counts = counts_of(c.problem.view(), c.resampling, b);
      Evaluation<P> expected{};
      evaluate(kernels.tape, selected.select(counts.data(), nullptr), delta,
               &c.thetas[static_cast<std::size_t>(b * c.law.num_params())], &expected);
      check_equal(numbers(own[static_cast<std::size_t>(b)], with_scale),
                  numbers(expected, with_scale));
    }
  }
}

void check_law(const std::string& name) {
  INFO(name);
  const TextCase c = text_case(name);
  with_solver_size(c.law.num_params(), [&]<int P>() {
    check_text<P>(c, name, 1e-3, false);
    check_text<P>(c, name, INFINITY, true);
    check_text<P>(c, name, 0.05, true);
  });
}

}  // namespace

TEST_CASE("A tape as text has the host's bits, of every law") {
  int num_tapes = 0;
  for (const LawEntry& law : all_laws()) {
    if (law.has_own_kernels()) continue;
    check_law(law.name);
    ++num_tapes;
  }
  CHECK(num_tapes > 15);
}

TEST_CASE("A tape as text has the host's bits, of formulas") {
  for (const TextFormula& row : kTextFormulas) check_law(row.name);
}

}  // namespace isoloss
