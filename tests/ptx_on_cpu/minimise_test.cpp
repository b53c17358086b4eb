// The product's minimiser and polish: eight threads of the device get the bits of eight lanes of
// the host, whoever takes which fit and in whatever order threads run.

#include "tests/catch.h"
#include "tests/ptx_on_cpu/host_fits.h"

namespace isoloss {
namespace {

constexpr int kProblems = 3;
constexpr int kStarts = 6;  // a problem: 18 fits for the 16 tiles of one block
constexpr int kFits = kProblems * kStarts;
constexpr int kMostEvaluations = 60;  // so that some fits end by it

struct FitCase {
  const char* name;
  ResidualKind kind;
  StartRule rule;
  bool staged;      // runs in shared memory
  bool own_starts;  // of each problem, or all the same
  double over_penalty = 1;
};

constexpr FitCase kCases[] = {
    {"Huber from near", ResidualKind::huber, StartRule::exponent_grid, true, true},
    {"Huber from far, delta shrinks", ResidualKind::huber, StartRule::all_starts, false, false},
    {"squared from far", ResidualKind::squared, StartRule::all_starts, true, false},
    {"absolute from near", ResidualKind::absolute, StartRule::exponent_grid, false, true},
    {"lopsided Huber from near", ResidualKind::huber, StartRule::exponent_grid, true, true, 5},
};

std::vector<FitEnd> minimise_on_device(const HostFits& host, const FitCase& c,
                                       const MinimiseOptions& options,
                                       const std::vector<double>& starts,
                                       const ptx::ThreadOrder& order, bool as_text) {
  ptx::Memory memory;
  MinimiseJob job{};
  job.law = copy_law(memory, host.law, kBlockThreads);
  job.problems = draw(memory, host.problem.view(), host.resampling, order);
  job.starts = memory.copy_in(starts);
  job.starts_a_problem = kStarts;
  job.starts_stride = c.own_starts ? kStarts : 0;
  job.options = options;
  job.num_fits = kFits;
  job.queue = memory.copy_in(std::vector<int>{0});
  job.ends = memory.allocate<FitEnd>(kFits);
  ptx::launch(memory, ptx::find_kernel(fit_kernel("15minimise_kernel", host.law, as_text)),
              {.block = fit_threads(host.law),
               .shared_bytes = tile_bytes(host.law, 0, host.problem.view(), c.staged),
               .order = order},
              job, c.staged);
  return memory.copy_out(job.ends, kFits);
}

void check_end(const FitEnd& end, const SearchResult& expected, std::size_t num_params) {
  CHECK(end.num_evaluations == expected.evaluations);
  CHECK(bits({&end.objective, 1}) == bits({&expected.objective, 1}));
  CHECK(bits({end.theta, num_params}) == bits({expected.theta.data(), num_params}));
}

void check_minimise(std::string_view law, const FitCase& c, bool as_text = false) {
  HostFits host = host_fits(law, kProblems, c.over_penalty);
  const auto num_params = static_cast<std::size_t>(host.law.num_params());
  MinimiseOptions options = options_for(c.kind, c.rule);
  options.max_evaluations = kMostEvaluations;
  const std::vector<double> starts = host.starts(c.rule, kStarts, c.own_starts);
  std::vector<SearchResult> expected;
  for (int fit = 0; fit < kFits; ++fit)
    expected.push_back(host.minimise(
        fit / kStarts,
        &starts[static_cast<std::size_t>(fit % (c.own_starts ? kFits : kStarts)) * num_params],
        options));
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const std::vector<FitEnd> ends = minimise_on_device(host, c, options, starts, order, as_text);
    for (std::size_t fit = 0; fit < ends.size(); ++fit)
      check_end(ends[fit], expected[fit], num_params);
  }
}

}  // namespace

TEST_CASE("The device minimises to the host's bits") {
  for (const char* law : kLawsOfTests)
    for (const FitCase& c : kCases) {
      INFO(law << ", " << c.name);
      check_minimise(law, c);
    }
  INFO(kLargeLaw);
  check_minimise(kLargeLaw, kCases[1]);
}

TEST_CASE("The device minimises a text to the host's bits") {
  for (const char* law : kTextsOfTests)
    for (const FitCase& c : kCases) {
      INFO(law << ", " << c.name);
      check_minimise(law, c, true);
    }
}

}  // namespace isoloss
