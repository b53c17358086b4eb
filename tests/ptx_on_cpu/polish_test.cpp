// The product's polish: eight threads of the device get the bits of eight lanes of the host.

#include "fits/polish.h"

#include "fits/laws/chinchilla.h"
#include "fits/laws/kaplan.h"
#include "tests/catch.h"
#include "tests/ptx_on_cpu/host_fits.h"

namespace isoloss {
namespace {

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
               .shared_bytes = batch_bytes<L>(1, host.problem.view(), staged),
               .order = order},
              job, box_of<L>(), staged);
  return memory.copy_out(job.candidates, candidates.size());
}

// Ends of the minimiser, and some of its starts, which Newton steps alone do not polish.
template <class L>
void check_polish(const MinimiseOptions& options, bool staged) {
  constexpr int kPolished = 20;
  HostFits host = host_fits(L::name, kPolished);
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

TEMPLATE_TEST_CASE("The device polishes to the host's bits", "", laws::chinchilla, laws::kaplan) {
  check_polish<TestType>(options_for(ResidualKind::huber, StartRule::all_starts), true);
  check_polish<TestType>(options_for(ResidualKind::squared, StartRule::all_starts), false);
}

}  // namespace isoloss
