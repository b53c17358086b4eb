// The product's minimiser and polish: eight threads of the device get the bits of eight lanes of
// the host, whoever takes which fit and in whatever order threads run.

#include "fits/laws/chinchilla.h"
#include "fits/laws/kaplan.h"
#include "fits/polish.h"
#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {
namespace {

constexpr int kProblems = 3;
constexpr int kStarts = 6;  // a problem: 18 fits for the 16 tiles of one block
constexpr int kFits = kProblems * kStarts;
constexpr std::size_t kRuns = 41;
constexpr int kMostEvaluations = 60;  // so that some fits end by it

struct FitCase {
  const char* name;
  ResidualKind kind;
  StartRule rule;
  bool staged;      // runs in shared memory
  bool own_starts;  // of each problem, or all the same
};

constexpr FitCase kCases[] = {
    {"Huber from near", ResidualKind::huber, StartRule::exponent_grid, true, true},
    {"Huber from far, delta shrinks", ResidualKind::huber, StartRule::all_starts, false, false},
    {"squared from far", ResidualKind::squared, StartRule::all_starts, true, false},
    {"absolute from near", ResidualKind::absolute, StartRule::exponent_grid, false, true},
};

MinimiseOptions options_of(const FitCase& c) {
  SearchRequest request;
  request.residual_loss.kind = c.kind;
  request.start_rule = c.rule;
  return minimise_options(request);
}

// A problem on the host, with the reference that it is compared with: lanes of scalars.
struct HostFits {
  const LawEntry& law;
  Problem problem;
  Resampling resampling;
  WeightedRuns selected{problem.view()};

  const LawKernels& kernels() const { return law.kernels(SimdLevel::portable); }
  const RunsView& runs_of(int b) {
    const RunsView all = problem.view();
    return selected.select(counts_of(all, resampling, b).data(), nullptr);
  }
  SearchResult minimise(int b, const double* start, const MinimiseOptions& options) {
    return law.minimise(kernels(), runs_of(b), start, options, law.box);
  }
  // num a problem: from far, or a little off where a search from far ends.
  std::vector<double> starts(StartRule rule, int num, bool own) {
    const auto num_params = static_cast<std::size_t>(law.num_params());
    const int num_all = own ? num * resampling.num_problems() : num;
    std::vector<double> out = few_starts(law, problem.centre(), num_all);
    if (rule == StartRule::all_starts) return out;
    MinimiseOptions options;
    options.delta = options.first_delta = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < out.size(); i += num_params) {
      const Theta theta = minimise(0, &out[i], options).theta;
      for (std::size_t k = 0; k < num_params; ++k)
        out[i + k] = theta[k] + 1.0 / 64 * static_cast<double>((i + 3 * k) % 7);
    }
    return out;
  }
};

HostFits host_fits(std::string_view law, std::size_t num_runs, int num_problems) {
  return {find_law(law),
          Problem(few_runs(num_runs)),
          {.seed = 4,
           .num_resamples = num_problems,
           .num_units = static_cast<std::uint32_t>(num_runs)}};
}

template <class L>
std::vector<FitEnd> minimise_on_device(const HostFits& host, const FitCase& c,
                                       const MinimiseOptions& options,
                                       const std::vector<double>& starts,
                                       const ptx::ThreadOrder& order) {
  ptx::Memory memory;
  MinimiseJob job{};
  job.problems = draw(memory, host.problem.view(), host.resampling, order);
  job.starts = memory.copy_in(starts);
  job.starts_a_problem = kStarts;
  job.starts_stride = c.own_starts ? kStarts : 0;
  job.options = options;
  job.num_fits = kFits;
  job.queue = memory.copy_in(std::vector<int>{0});
  job.ends = memory.allocate<FitEnd>(kFits);
  ptx::launch(memory, ptx::find_kernel(kernel_of<L>("15minimise_kernel")),
              {.block = kBlockThreads,
               .shared_bytes = tile_bytes<L>(0, host.problem.view(), c.staged),
               .order = order},
              job, box_of<L>(), c.staged);
  return memory.copy_out(job.ends, kFits);
}

void check_end(const FitEnd& end, const SearchResult& expected, std::size_t num_params) {
  CHECK(end.num_evaluations == expected.evaluations);
  CHECK(bits({&end.objective, 1}) == bits({&expected.objective, 1}));
  CHECK(bits({end.theta, num_params}) == bits({expected.theta.data(), num_params}));
}

template <class L>
void check_minimise(const FitCase& c) {
  HostFits host = host_fits(L::name, kRuns, kProblems);
  MinimiseOptions options = options_of(c);
  options.max_evaluations = kMostEvaluations;
  const std::vector<double> starts = host.starts(c.rule, kStarts, c.own_starts);
  std::vector<SearchResult> expected;
  for (int fit = 0; fit < kFits; ++fit)
    expected.push_back(host.minimise(
        fit / kStarts,
        &starts[static_cast<std::size_t>(fit % (c.own_starts ? kFits : kStarts)) * L::num_params],
        options));
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const std::vector<FitEnd> ends = minimise_on_device<L>(host, c, options, starts, order);
    for (std::size_t fit = 0; fit < ends.size(); ++fit)
      check_end(ends[fit], expected[fit], L::num_params);
  }
}

// fits/polish.h asks this for evaluations.
template <int P>
struct PortableEvaluator {
  const LawKernels& kernels;
  const RunsView& runs;

  void operator()(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate(runs, delta, theta, &out);
  }
  void with_scale(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate_with_scale(runs, delta, theta, &out);
  }
};

template <class L>
Candidate polish_on_host(HostFits& host, int b, double delta, Candidate out) {
  constexpr int P = L::num_params;
  const ParamBox<P> box = box_of<L>();
  double theta[P];
  for (int k = 0; k < P; ++k) theta[k] = detail::snapped(out.theta[k], box.bounds[k]);
  const PortableEvaluator<P> evaluate{host.kernels(), host.runs_of(b)};
  const Polished<P> tail = detail::newton_tail<P>(evaluate, delta, theta, box);
  std::copy_n(tail.theta, P, out.polished);
  out.is_polished = tail.proved() && !detail::has_vanished(tail, box);
  return out;
}

template <class L>
std::vector<Candidate> polish_on_device(const HostFits& host, double delta, bool staged,
                                        const std::vector<Candidate>& candidates,
                                        const ptx::ThreadOrder& order) {
  ptx::Memory memory;
  PolishJob job{};
  job.problems = draw(memory, host.problem.view(), host.resampling, order);
  job.delta = delta;
  job.num_problems = static_cast<int>(candidates.size());
  job.queue = memory.copy_in(std::vector<int>{0});
  job.candidates = memory.copy_in(candidates);
  ptx::launch(memory, ptx::find_kernel(kernel_of<L>("13polish_kernel")),
              {.block = kBlockThreads,
               .shared_bytes = tile_bytes<L>(1, host.problem.view(), staged),
               .order = order},
              job, box_of<L>(), staged);
  return memory.copy_out(job.candidates, candidates.size());
}

// Ends of the minimiser, and some of its starts, which Newton steps alone do not polish.
template <class L>
void check_polish(const MinimiseOptions& options, bool staged) {
  constexpr int kPolished = 20;
  HostFits host = host_fits(L::name, kRuns, kPolished);
  const std::vector<double> starts = host.starts(StartRule::all_starts, kPolished, false);
  std::vector<Candidate> candidates(kPolished);
  std::vector<Candidate> expected;
  int num_polished = 0;
  for (int b = 0; b < kPolished; ++b) {
    Candidate& candidate = candidates[static_cast<std::size_t>(b)];
    const double* start = &starts[static_cast<std::size_t>(b) * L::num_params];
    std::copy_n(start, L::num_params, candidate.theta);
    if (b % 5 != 0)
      std::copy_n(host.minimise(b, start, options).theta.data(), L::num_params, candidate.theta);
    expected.push_back(polish_on_host<L>(host, b, options.delta, candidate));
    num_polished += expected.back().is_polished;
  }
  CHECK(num_polished > 0);
  CHECK(num_polished < kPolished);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const auto polished = polish_on_device<L>(host, options.delta, staged, candidates, order);
    for (std::size_t b = 0; b < polished.size(); ++b) {
      CHECK(polished[b].is_polished == expected[b].is_polished);
      CHECK(bits({polished[b].polished, L::num_params}) ==
            bits({expected[b].polished, L::num_params}));
    }
  }
}

}  // namespace

TEMPLATE_TEST_CASE("The device minimises to the host's bits", "", laws::chinchilla, laws::kaplan) {
  for (const FitCase& c : kCases) {
    INFO(c.name);
    check_minimise<TestType>(c);
  }
}

TEMPLATE_TEST_CASE("The device polishes to the host's bits", "", laws::chinchilla, laws::kaplan) {
  check_polish<TestType>(options_of(kCases[1]), true);
  check_polish<TestType>(options_of(kCases[2]), false);
}

}  // namespace isoloss
