// The product's polish: eight threads of the device get the bits of eight lanes of the host.

#include "fits/polish.h"

#include "tests/catch.h"
#include "tests/ptx_on_cpu/host_fits.h"

namespace isoloss {
namespace {

// fits/polish.h asks this for evaluations.
template <int P>
struct PortableEvaluator {
  const LawKernels kernels;
  const RunsView& runs;

  void operator()(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate(kernels.tape, runs, delta, theta, &out);
  }
  void with_scale(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate_with_scale(kernels.tape, runs, delta, theta, &out);
  }
};

template <int P>
void polish_in(HostFits& host, int b, double delta, Candidate& out) {
  ParamBox<P> box;
  std::copy_n(host.law.box.bounds, P, box.bounds);
  std::copy_n(host.law.box.is_log, P, box.is_log);
  double theta[P];
  for (int k = 0; k < P; ++k) theta[k] = detail::snapped(out.theta[k], box.bounds[k]);
  const PortableEvaluator<P> evaluate{host.kernels(), host.runs_of(b)};
  const Polished<P> tail = detail::newton_tail<P>(evaluate, delta, theta, box);
  std::copy_n(tail.theta, P, out.polished);
  out.is_polished = tail.proved() && !detail::has_vanished(tail, box);
}

Candidate polish_on_host(HostFits& host, int b, double delta, Candidate out) {
  with_solver_size(host.law.num_params(), [&]<int P>() { polish_in<P>(host, b, delta, out); });
  return out;
}

std::vector<Candidate> polish_on_device(const HostFits& host, double delta, bool staged,
                                        const std::vector<Candidate>& candidates,
                                        const ptx::ThreadOrder& order, bool as_text) {
  ptx::Memory memory;
  PolishJob job{};
  job.law = copy_law(memory, host.law, kBlockThreads);
  job.problems = draw(memory, host.problem.view(), host.resampling, order);
  job.delta = delta;
  job.num_problems = static_cast<int>(candidates.size());
  job.queue = memory.copy_in(std::vector<int>{0});
  job.candidates = memory.copy_in(candidates);
  ptx::launch(memory, ptx::find_kernel(fit_kernel("13polish_kernel", host.law, as_text)),
              {.block = fit_threads(host.law),
               .shared_bytes = tile_bytes(host.law, 1, host.problem.view(), staged),
               .order = order},
              job, staged);
  return memory.copy_out(job.candidates, candidates.size());
}

// Ends of the minimiser, and some of its starts, which Newton steps alone do not polish.
void check_polish(std::string_view law, const MinimiseOptions& options, bool staged,
                  double over_penalty = 1, bool as_text = false) {
  constexpr int kPolished = 20;
  HostFits host = host_fits(law, kPolished, over_penalty);
  const auto num_params = static_cast<std::size_t>(host.law.num_params());
  const std::vector<double> starts = host.starts(StartRule::all_starts, kPolished, false);
  std::vector<Candidate> candidates(kPolished);
  std::vector<Candidate> expected;
  int num_polished = 0;
  for (int b = 0; b < kPolished; ++b) {
    Candidate& candidate = candidates[static_cast<std::size_t>(b)];
    const double* start = &starts[static_cast<std::size_t>(b) * num_params];
    std::copy_n(start, num_params, candidate.theta);
    if (b % 5 != 0)
      std::copy_n(host.minimise(b, start, options).theta.data(), num_params, candidate.theta);
    expected.push_back(polish_on_host(host, b, options.delta, candidate));
    num_polished += expected.back().is_polished;
  }
  CHECK(num_polished > 0);
  CHECK(num_polished < kPolished);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const auto polished = polish_on_device(host, options.delta, staged, candidates, order, as_text);
    for (std::size_t b = 0; b < polished.size(); ++b) {
      CHECK(polished[b].is_polished == expected[b].is_polished);
      CHECK(bits({polished[b].polished, num_params}) == bits({expected[b].polished, num_params}));
    }
  }
}

}  // namespace

TEST_CASE("The device polishes to the host's bits") {
  for (const char* law : kLawsOfTests) {
    INFO(law);
    check_polish(law, options_for(ResidualKind::huber, StartRule::all_starts), true);
    check_polish(law, options_for(ResidualKind::squared, StartRule::all_starts), false);
    check_polish(law, options_for(ResidualKind::squared, StartRule::all_starts), true, 5);
  }
}

TEST_CASE("The device polishes a text to the host's bits") {
  for (const char* law : kTextsOfTests) {
    INFO(law);
    check_polish(law, options_for(ResidualKind::huber, StartRule::all_starts), true, 1, true);
    check_polish(law, options_for(ResidualKind::squared, StartRule::all_starts), false, 5, true);
  }
}

}  // namespace isoloss
