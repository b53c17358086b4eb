#include "host/fit/constrained_refit.h"

#include <cmath>

namespace isoloss {
namespace {

constexpr int kPasses = 60;
constexpr double kNoKink = 1e9;       // a delta that no residual reaches
constexpr double kStationary = 1e-6;  // of the scaled gradient

ResidualLoss without_kinks(ResidualLoss rho) {
  if (rho.kind == ResidualKind::squared) {
    rho.kind = ResidualKind::huber;
    rho.huber_delta = kNoKink;
  }
  return rho;
}

}  // namespace

ConstrainedRefit::ConstrainedRefit(const LawEntry& law, const RunsView& runs,
                                   const ResidualLoss& rho, const HeldQuantity& held)
    : law_(law), runs_(runs), rho_(without_kinks(rho)), held_(held) {}

KinkFit ConstrainedRefit::fit(Theta theta) const {
  KinkFit out;
  out.objective = out.scaled_gradient = NAN;
  if (!held_.complete(theta.data())) return out;
  return finish_at_kinks(law_.kernels(simd_level()), runs_, rho_, theta.data(), law_.box, kPasses,
                         &held_);
}

bool ConstrainedRefit::is_stationary(const KinkFit& fit) {
  return fit.scaled_gradient <= kStationary;
}

}  // namespace isoloss
