// What all batches of a request share, on one device.

#pragma once

#include "cuda/buffer.h"
#include "cuda/jobs.h"

namespace isoloss {

class DeviceRequest {
 public:
  // Copies the request to the current device and waits. Throws DeviceError.
  explicit DeviceRequest(const SearchRequest& request);

  const SearchRequest& host;
  const LawLaunchers& law;
  const MinimiseOptions minimise;
  RunArrays runs{};
  ExponentGrid grid;  // device pointers; for exponent_grid

  bool plain() const { return host.resampling.num_resamples == 0; }
  bool by_exponents() const { return host.start_rule == StartRule::exponent_grid; }
  bool by_best_starts() const { return host.start_rule == StartRule::best_starts; }
  bool all_starts() const { return host.start_rule == StartRule::all_starts; }
  // Absolute residuals end in a vertex, which the host looks for.
  bool polishes() const { return host.residual_loss.kind != ResidualKind::absolute; }
  int num_units() const;
  int packed_stride() const;  // runs of a problem, padded to whole lanes
  int num_cells() const { return host.num_basins == 1 ? 1 : kNumQuadrants; }
  int num_screened() const;  // starts that a screen picks for each problem
  int starts_a_problem() const;
  const std::uint32_t* unit() const { return unit_.data(); }
  const double* starts() const { return starts_.data(); }
  StartsJob starts_job(double* out) const;

 private:
  void upload_grid(const ExponentGrid& grid);

  DeviceBuffer<double> runs_, grid_memory_, starts_;
  DeviceBuffer<std::uint32_t> unit_;
};

}  // namespace isoloss
