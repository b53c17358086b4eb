// What laws of whole training curves read, from the learning rate at every step.

#pragma once

#include <span>
#include <vector>

#include "host/curves/schedule.h"

namespace isoloss {

inline constexpr double kAnnealingMomentum = 0.999;

// S_1 = eta_0 + .. + eta_s for each step s asked. Steps must be ones of the rates, in any order.
std::vector<double> lr_sums(const Rates& rates, std::span<const long> steps);

// S_2 = m_0 + .. + m_s, m_i = momentum m_(i-1) + (eta_(i-1) - eta_i), where the rise from the start
// of the run to where it first stops rising adds nothing: Tissue et al. 2024, arXiv:2408.11029.
std::vector<double> lr_annealing(const Rates& rates, std::span<const long> steps,
                                 double momentum = kAnnealingMomentum);

}  // namespace isoloss
