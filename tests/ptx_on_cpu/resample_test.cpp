// The product's resampling kernel against fits/random.h and the runs that the CPU engine packs.

#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {

static bool operator==(const PackedRun& a, const PackedRun& b) {
  return a.run == b.run && a.count == b.count;
}

namespace {

template <class T>
std::vector<T> row_of(const std::vector<T>& all, int row, std::size_t length) {
  const auto begin = all.begin() + row * static_cast<std::ptrdiff_t>(length);
  return {begin, begin + static_cast<std::ptrdiff_t>(length)};
}

// The runs of one problem that have a weight, padded by the last with count 0.
std::vector<PackedRun> packed_on_host(const RunsView& runs, const Resampling& resampling,
                                      const std::vector<std::uint16_t>& counts) {
  std::vector<PackedRun> out;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(runs.num_runs); ++i) {
    const std::uint16_t count = counts[resampling.unit != nullptr ? resampling.unit[i] : i];
    if (runs.weight[i] * count > 0) out.push_back({i, count});
  }
  while (out.size() % kNumLanes != 0) out.push_back({out.back().run, 0});
  return out;
}

// What the CPU engine evaluates is what a thread of the device reads.
void check_selected(const RunsView& runs, const RunsView& selected,
                    const std::vector<PackedRun>& packed) {
  REQUIRE(selected.num_padded == static_cast<int>(packed.size()));
  for (std::size_t i = 0; i < packed.size(); ++i) {
    for (int k = 0; k < kInputsOfTests; ++k)
      CHECK(*selected.input_at(k, static_cast<int>(i)) ==
            *runs.input_at(k, static_cast<int>(packed[i].run)));
    CHECK(selected.target[i] == runs.target[packed[i].run]);
    CHECK(selected.weight[i] == runs.weight[packed[i].run] * packed[i].count);
  }
}

void check_problem(const ptx::Memory& memory, const ResampleJob& job, const RunsView& runs,
                   const Resampling& resampling, int problem) {
  const auto num_problems = static_cast<std::size_t>(job.num_problems);
  const auto num_runs = static_cast<std::size_t>(runs.num_runs);
  const auto stride = static_cast<std::size_t>(job.stride);
  const std::vector<std::uint16_t> counts = counts_of(runs, resampling, problem);
  if (!job.plain) {
    const auto drawn =
        row_of(memory.copy_out(job.counts, num_problems * job.num_units), problem, job.num_units);
    CHECK(drawn == std::vector<std::uint32_t>(counts.begin(), counts.end()));
  }
  const std::vector<PackedRun> expected = packed_on_host(runs, resampling, counts);
  CHECK(memory.copy_out(job.num_padded, num_problems)[static_cast<std::size_t>(problem)] ==
        static_cast<int>(expected.size()));
  auto packed = row_of(memory.copy_out(job.packed, num_problems * stride), problem, stride);
  packed.resize(expected.size());
  CHECK((packed == expected));
  WeightedRuns selected(runs, kInputsOfTests);
  check_selected(runs, selected.select(counts.data(), resampling.unit), packed);
  if (job.weights == nullptr) return;
  const auto weights =
      row_of(memory.copy_out(job.weights, num_problems * num_runs), problem, num_runs);
  for (std::size_t i = 0; i < num_runs; ++i)
    CHECK(weights[i] ==
          runs.weight[i] * counts[resampling.unit != nullptr ? resampling.unit[i] : i]);
}

void check(const RunsView& runs, const Resampling& resampling, bool with_weights = true) {
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    ResampleJob job = resample_job(memory, runs, resampling);
    if (!with_weights) job.weights = nullptr;
    ptx::launch(memory, ptx::find_kernel("15resample_kernel"), two_blocks(order), job);
    for (int problem = 0; problem < job.num_problems; ++problem)
      check_problem(memory, job, runs, resampling, problem);
  }
}

Problem problem_of(const RunTable& table) { return {table, find_law("chinchilla")}; }

Problem weighted(RunTable table, double (*weight)(std::size_t)) {
  table.weights.clear();
  for (std::size_t i = 0; i < table.num_runs(); ++i) table.weights.push_back(weight(i));
  return problem_of(table);
}

}  // namespace

TEST_CASE("The device draws and packs the host's resamples") {
  // More problems than the 8 warps of two blocks.
  check(problem_of(figure4()).view(),
        {.seed = 3, .first = 5000000000, .num_resamples = 9, .num_units = 240});
  check(problem_of(few_runs(45)).view(), {.seed = 1, .num_resamples = 11, .num_units = 45}, false);
}

TEST_CASE("The device draws clusters of weighted runs as the host does") {
  std::vector<std::uint32_t> unit;
  for (std::uint32_t i = 0; i < 45; ++i) unit.push_back(i * i % 7);
  const Problem problem = weighted(few_runs(45), [](std::size_t i) { return 0.25 * (i % 4); });
  check(problem.view(), {.seed = 9, .num_resamples = 10, .unit = unit.data(), .num_units = 7});
}

TEST_CASE("The device draws as many runs of each stratum as the host does") {
  std::vector<Stratum> strata(3, {0, 3});
  strata.insert(strata.end(), 41, {3, 41});
  strata.push_back({44, 1});
  check(problem_of(few_runs(45)).view(),
        {.seed = 5, .num_resamples = 10, .num_units = 45, .strata = strata.data()});
}

TEST_CASE("The device takes runs as they are, and leaves out those without weight") {
  check(problem_of(few_runs(45)).view(), {});
  check(weighted(few_runs(45), [](std::size_t i) { return i % 3 == 0 ? 0.0 : 1.5; }).view(), {});
}

TEST_CASE("A resample without a weighty run is empty on the device too") {
  const Problem problem = weighted(few_runs(9), [](std::size_t i) { return i == 4 ? 1.0 : 0.0; });
  check(problem.view(), {.seed = 2, .num_resamples = 12, .num_units = 9});
}

}  // namespace isoloss
