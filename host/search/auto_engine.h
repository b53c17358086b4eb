// The engine of --device auto: it begins on the CPU, whose first resamples tell what a fit of this
// law to these runs costs, and goes on with the devices where they are predicted to end the rest
// sooner. A device that fails is left, and the CPU goes on; which of them searched changes no
// digit.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "fits/search.h"
#include "host/search/device_forecast.h"

namespace isoloss {

struct AutoEngineParts {
  std::unique_ptr<SearchEngine> cpu;
  // Throws DeviceError.
  std::function<std::unique_ptr<SearchEngine>()> start_device;
  DeviceForecast forecast;
  std::string device_sentence;      // "1 CUDA device: NVIDIA H100 80GB HBM3"
  double num_fits = 0;              // of the whole job
  std::function<double()> seconds;  // a clock
};

class AutoEngine : public SearchEngine {
 public:
  // A device must be predicted to be so many times as fast as the CPU: the prediction is rough, and
  // a start that did not pay is lost.
  static constexpr double kMargin = 1.5;

  explicit AutoEngine(AutoEngineParts parts) : own_(std::move(parts)) {}

  // Of what has searched resamples last, "cpu" before that.
  std::string_view name() const override;
  int preferred_batch() const override;
  PairCell best_pair(const PairScreen& screen) override { return own_.cpu->best_pair(screen); }
  void search(const SearchRequest& request, Candidate* out) override;

  // Why that one, in a line.
  std::string reason() const;

 private:
  bool device_pays(const SearchRequest& request);
  bool search_on_device(const SearchRequest& request, Candidate* out);
  void search_on_cpu(const SearchRequest& request, Candidate* out);
  void leave_device(const std::string& failure);

  AutoEngineParts own_;
  std::unique_ptr<SearchEngine> device_;
  bool is_left_ = false;  // the device failed
  bool is_told_ = false;  // the prediction
  // Of resamples that the CPU has searched.
  double cpu_seconds_ = 0, num_measured_ = 0, num_passes_ = 0;
  double num_done_ = 0;
};

}  // namespace isoloss
