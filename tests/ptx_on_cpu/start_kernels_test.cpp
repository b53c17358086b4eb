// The product's screens of starts by their objective, against the sums of the CPU's screen.

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kStarts = 200;  // more than the threads of one block
// The device leaves out what is worse by more.
static_assert(tolerance::kEngineFloat <= kRoughError);

struct Starts {
  const LawEntry& law;
  Problem problem;
  std::vector<double> theta = few_starts(law, problem.centre(), kStarts);

  std::size_t num_runs() const { return static_cast<std::size_t>(problem.view().num_runs); }

  // The cost of every start at every run: num_runs x kStarts.
  std::vector<double> costs() const {
    const RunsView runs = problem.view();
    std::vector<double> out(num_runs() * kStarts);
    std::vector<double> hat(static_cast<std::size_t>(runs.num_padded));
    const LawKernels kernels = law.kernels(SimdLevel::portable);
    for (std::size_t s = 0; s < kStarts; ++s) {
      const double* start = &theta[s * static_cast<std::size_t>(law.num_params())];
      kernels.predict(kernels.tape, runs, start, hat.data());
      for (std::size_t i = 0; i < num_runs(); ++i)
        out[i * kStarts + s] =
            screening_cost(hat[i] - runs.target[i], kScreenDelta, runs.over_penalty);
    }
    return out;
  }

  std::vector<double> objectives() const {
    const std::vector<double> of_runs = costs();
    std::vector<double> out(kStarts, 0.0);
    for (std::size_t i = 0; i < num_runs(); ++i)
      for (std::size_t s = 0; s < kStarts; ++s)
        out[s] = fma(problem.view().weight[i], of_runs[i * kStarts + s], out[s]);
    return out;
  }

  // What a kernel writes; with rough objectives those of the best only, up to `last`.
  std::vector<double> on_device(const std::string& kernel, std::size_t num_out,
                                const ptx::ThreadOrder& order,
                                const std::vector<double>& rough = {}, double last = 0) const {
    ptx::Memory memory;
    StartsJob job{};
    job.law = copy_law(memory, law, kBlockThreads);
    job.runs = copy_runs(memory, problem.view());
    job.starts = memory.copy_in(theta);
    job.num_starts = kStarts;
    job.out = memory.allocate<double>(num_out);
    if (!rough.empty()) job.rough = memory.copy_in(rough);
    if (!rough.empty()) job.last = memory.copy_in(std::vector<Ranked>{{last, 0}});
    ptx::launch(memory, ptx::find_kernel(kernel), {.block = kBlockThreads, .order = order}, job);
    return memory.copy_out(job.out, num_out);
  }
};

Starts weighted_starts(std::string_view law) {
  RunTable table = few_runs(45);
  table.weights.clear();
  for (std::size_t i = 0; i < table.num_runs(); ++i)
    table.weights.push_back(0.3 * static_cast<double>(i % 5));
  return {find_law(law), Problem(table, find_law(law), 5)};
}

}  // namespace

TEST_CASE("The device screens starts in double to the host's bits") {
  for (const char* law : kLawsOfTests) {
    INFO(law);
    const Starts starts = weighted_starts(law);
    const std::vector<double> objectives = starts.objectives();
    const std::vector<double> costs = starts.costs();
    const std::string objective_kernel = start_kernel("16objective_kernel", starts.law, 'd');
    const std::string costs_kernel = start_kernel("12costs_kernel", starts.law, 'd');
    for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
      CHECK(bits(starts.on_device(objective_kernel, kStarts, order)) == bits(objectives));
      CHECK(bits(starts.on_device(costs_kernel, costs.size(), order)) == bits(costs));
    }
  }
}

TEST_CASE("The device's screen in float is near the objective") {
  const Starts starts = weighted_starts("chinchilla");
  const std::vector<double> expected = starts.objectives();
  const std::string kernel = start_kernel("16objective_kernel", starts.law, 'f');
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const std::vector<double> objectives = starts.on_device(kernel, kStarts, order);
    for (std::size_t s = 0; s < kStarts; ++s)
      CHECK(std::fabs(objectives[s] - expected[s]) <= tolerance::kEngineFloat * expected[s]);
  }
}

TEST_CASE("The device looks in double only at starts that the screen in float finds promising") {
  const Starts starts = weighted_starts("chinchilla");
  std::vector<double> expected = starts.objectives();
  std::vector<double> sorted = expected;
  std::sort(sorted.begin(), sorted.end());
  const double last = sorted[20];
  for (double& objective : expected)
    if (objective > last * (1 + 4 * kRoughError)) objective = INFINITY;
  CHECK(std::isinf(*std::max_element(expected.begin(), expected.end())));
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const auto rough =
        starts.on_device(start_kernel("16objective_kernel", starts.law, 'f'), kStarts, order);
    const auto out = starts.on_device(start_kernel("16objective_kernel", starts.law, 'd'), kStarts,
                                      order, rough, last);
    for (std::size_t s = 0; s < kStarts; ++s) {
      if (expected[s] <= last) CHECK(out[s] == expected[s]);
      if (std::isinf(expected[s])) CHECK(std::isinf(out[s]));
    }
  }
}

}  // namespace isoloss
