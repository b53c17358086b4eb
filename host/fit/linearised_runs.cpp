#include "host/fit/linearised_runs.h"

#include "fits/tape_machine.h"
#include "host/base/stop.h"

namespace isoloss {

LinearisedRuns::LinearisedRuns(const Tape& tape, const RunsView& runs)
    : tape_(tape),
      runs_(runs),
      residual_(static_cast<std::size_t>(runs.num_padded)),
      gradient_(static_cast<std::size_t>(runs.num_padded * tape.num_params)) {}

void LinearisedRuns::find_at(const double* theta) {
  throw_if_stopped();
  tape_passes(simd_level())
      .linearise(tape_, runs_, theta, thread_room(tape_), residual_.data(), gradient_.data());
  const auto num_padded = static_cast<std::size_t>(runs_.num_padded);
  for (std::size_t i = 0; i < num_padded; ++i) {
    const double f = residual_[i];
    residual_[i] = detail::predicted(tape_, f) - runs_.target[i];
    if (!tape_.takes_log) continue;
    for (std::size_t k = 0; k < static_cast<std::size_t>(tape_.num_params); ++k)
      gradient_[k * num_padded + i] /= f;
  }
}

}  // namespace isoloss
