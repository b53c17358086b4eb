// Fits of a few resamples on the host: the reference of the tests of the fitting kernels.

#pragma once

#include "fits/search.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {

// As the product chooses them.
inline MinimiseOptions options_for(ResidualKind kind, StartRule rule) {
  SearchRequest request;
  request.residual_loss.kind = kind;
  request.start_rule = rule;
  return minimise_options(request);
}

// A problem on the host, with the reference that it is compared with: lanes of scalars.
struct HostFits {
  static constexpr std::size_t kRuns = 41;

  const LawEntry& law;
  Problem problem;
  Resampling resampling;
  WeightedRuns selected{problem.view(), law.num_inputs()};

  LawKernels kernels() const { return law.kernels(SimdLevel::portable); }
  const RunsView& runs_of(int b) {
    const RunsView all = problem.view();
    return selected.select(counts_of(all, resampling, b).data(), nullptr);
  }
  SearchResult minimise(int b, const double* start, const MinimiseOptions& options) {
    Theta from{};
    std::copy_n(start, law.num_params(), from.begin());
    return law.solver().minimise(kernels(), runs_of(b), from.data(), options, law.box);
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

inline HostFits host_fits(std::string_view law, int num_problems, double over_penalty = 1) {
  return {find_law(law),
          Problem(few_runs(HostFits::kRuns), find_law(law), over_penalty),
          {.seed = 4,
           .num_resamples = num_problems,
           .num_units = static_cast<std::uint32_t>(HostFits::kRuns)}};
}

}  // namespace isoloss
