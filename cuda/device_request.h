// What all batches of a request share, on one device.

#pragma once

#include "cuda/buffer.h"
#include "cuda/jobs.h"
#include "cuda/text_kernels.h"

namespace isoloss {

class DeviceRequest {
 public:
  // Copies the request to the current device and waits. context: where its kernels will run. Throws
  // DeviceError.
  DeviceRequest(const SearchRequest& request, const LaunchContext& context);

  const SearchRequest& host;
  const LawLaunchers& law;
  const MinimiseOptions minimise;
  const TextKernels* text = nullptr;  // in place of law's minimise and polish; the worker's
  RunArrays runs{};
  ExponentGrid grid;  // device pointers; for exponent_grid

  bool plain() const { return host.resampling.num_resamples == 0; }
  bool by_exponents() const { return host.start_rule == StartRule::exponent_grid; }
  bool by_best_starts() const { return screens_starts(host.start_rule); }
  bool all_starts() const { return host.start_rule == StartRule::all_starts; }
  // Absolute residuals and those of a tiny delta are finished by the host.
  bool polishes() const {
    return host.residual_loss.kind != ResidualKind::absolute &&
           host.residual_loss.smooth_delta() >= kLeastSearchedDelta;
  }
  int num_units() const;
  int packed_stride() const;  // runs of a problem, padded to whole lanes
  int num_cells() const { return host.num_basins == 1 ? 1 : kNumQuadrants; }
  int num_screened() const;  // starts that a screen picks for each problem
  int starts_a_problem() const;
  const std::uint32_t* unit() const { return unit_.data(); }
  const Stratum* strata() const { return strata_.data(); }  // null: all units are one
  const double* starts() const { return starts_.data(); }

  // Threads that a launch has room for, and the doubles of their room, in a batch of `num`
  // problems; 0 for a law that is not a tape. A text has its numbers in registers, but for screens.
  int room_threads(int num) const;
  std::size_t room_size(int num_threads) const;
  // The law for a launch with that room.
  LawOnDevice law_in(double* room, int num_threads) const;

 private:
  void upload_tape(const Tape& from);
  void upload_grid(const ExponentGrid& from);

  DeviceBuffer<double> runs_, grid_memory_, starts_, constants_;
  DeviceBuffer<std::uint32_t> unit_;
  DeviceBuffer<Stratum> strata_;
  DeviceBuffer<Instruction> instructions_;
  Tape tape_;             // device pointers
  int most_threads_ = 0;  // that launches of a tape have room for
};

}  // namespace isoloss
