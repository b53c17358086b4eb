#include "host/search/proved_fit.h"

#include <algorithm>

#include "host/search/break_order.h"
#include "host/search/valley.h"
#include "host/simd/kink_finish.h"

namespace isoloss {
namespace {

PolishedFit polished_fit(const LawEntry& law, const LawKernels& kernels, const RunsView& runs,
                         const ResidualLoss& rho, const Candidate& candidate) {
  if (candidate.is_polished) {
    const PolishedFit fit = law.solver().prove(kernels, runs, rho, candidate.polished, law.box);
    if (fit.converged) return fit;
  }
  return law.solver().polish(kernels, runs, rho, candidate.theta, law.box);
}

PolishedFit recovered(const LawEntry& law, const LawKernels& kernels, const RunsView& runs,
                      const ResidualLoss& rho, const PolishedFit& fit, const Box& box) {
  PolishedFit out = fit;
  if (!out.converged && rho.kind != ResidualKind::squared)
    out = lower_fit(law.solver().recover(kernels, runs, rho, fit.theta.data(), box), fit);
  if (out.converged) return out;
  return walk_valley(kernels, runs, rho, law.num_params(), out, box);
}

PolishedFit refit_of(const LawEntry& law, const LawKernels& kernels, const RunsView& runs,
                     const ResidualLoss& rho, const Candidate& candidate, const PolishedFit* full) {
  PolishedFit fit = polished_fit(law, kernels, runs, rho, candidate);
  fit.degenerate = runs.num_runs < law.num_free();
  if (fit.degenerate) {
    fit.converged = fit.flat = false;
    return fit;
  }
  if (!fit.converged && rho.kind != ResidualKind::squared && full != nullptr)
    fit = lower_fit(law.solver().finish(kernels, runs, rho, full->theta.data(), law.box), fit);
  return recovered(law, kernels, runs, rho, fit, law.box);
}

}  // namespace

PolishedFit proved_fit(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                       const double* candidate, const Box& box) {
  const LawKernels kernels = law.kernels(simd_level());
  const auto prove = [&](const Theta& from) {
    const PolishedFit fit = law.solver().polish(kernels, runs, rho, from.data(), box);
    return recovered(law, kernels, runs, rho, fit, box);
  };
  Theta from{};
  std::copy_n(candidate, from.size(), from.begin());
  order_breaks(law, box, from.data());
  const PolishedFit out = prove(from);
  from = out.theta;
  return order_breaks(law, box, from.data()) ? prove(from) : out;
}

PolishedFit proved_fit(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                       const double* candidate) {
  return proved_fit(law, runs, rho, candidate, law.box);
}

PolishedFit proved_refit(const LawEntry& law, const LawKernels& kernels, const RunsView& runs,
                         const ResidualLoss& rho, const Candidate& candidate,
                         const PolishedFit* full) {
  const auto refit = [&](const Candidate& from) {
    return refit_of(law, kernels, runs, rho, from, full);
  };
  if (!law.breaks) return refit(candidate);
  Candidate own = candidate;
  order_breaks(law, law.box, own.theta);
  order_breaks(law, law.box, own.polished);
  const PolishedFit out = refit(own);
  std::copy(out.theta.begin(), out.theta.end(), own.theta);
  own.is_polished = false;
  return order_breaks(law, law.box, own.theta) ? refit(own) : out;
}

std::vector<double> face_width(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                               const PolishedFit& fit) {
  constexpr int kPasses = 10;  // to find the multipliers again
  if (!fit.flat || rho.kind == ResidualKind::squared) return {};
  const KinkFit again =
      finish_at_kinks(law.kernels(simd_level()), runs, rho, fit.theta.data(), law.box, kPasses);
  return {again.face_width.begin(), again.face_width.begin() + law.num_params()};
}

}  // namespace isoloss
