#include "host/search/auto_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "cuda/device_error.h"
#include "host/base/standard_streams.h"
#include "host/base/verbose.h"

namespace isoloss {
namespace {

// Resamples that tell what one costs.
constexpr double kFewestMeasured = 32;

bool is_resampled(const SearchRequest& request) { return request.resampling.num_resamples > 0; }

double passes_of(const Candidate* candidates, int num) {
  double out = 0;
  for (int i = 0; i < num; ++i) out += candidates[i].num_evaluations;
  return out;
}

}  // namespace

std::string_view AutoEngine::name() const {
  return device_ != nullptr ? device_->name() : own_.cpu->name();
}

int AutoEngine::preferred_batch() const {
  return device_ != nullptr ? device_->preferred_batch() : own_.cpu->preferred_batch();
}

std::string AutoEngine::reason() const {
  if (device_ != nullptr) return own_.device_sentence;
  if (is_left_) return "a device failed: " + own_.device_sentence;
  return "the job is too small to gain from " + own_.device_sentence;
}

void AutoEngine::search(const SearchRequest& request, Candidate* out) {
  if (!is_resampled(request)) return own_.cpu->search(request, out);
  if (device_ == nullptr && !is_left_ && device_pays(request)) {
    try {
      device_ = own_.start_device();
    } catch (const DeviceError& error) {
      leave_device(error.what());
    }
  }
  if (device_ == nullptr || !search_on_device(request, out)) search_on_cpu(request, out);
  num_done_ += request.resampling.num_problems();
}

bool AutoEngine::device_pays(const SearchRequest& request) {
  if (num_measured_ < kFewestMeasured) return false;
  const double left = std::max(0.0, own_.num_fits - num_done_);
  const double on_cpu = left * cpu_seconds_ / num_measured_;
  const double passes = left * num_passes_ / num_measured_ * request.runs.num_runs;
  const double on_device = seconds_on(own_.forecast, passes, request.tape != nullptr);
  const bool pays = on_cpu > kMargin * on_device;
  if (!is_told_ || pays)
    tell_verbose(fmt::format(
        "auto: {:.0f} fits left, {:.2g} s on the CPU by its first {:.0f}, {:.2g} s predicted for {}"
        " with its start: {}",
        left, on_cpu, num_measured_, on_device, own_.device_sentence, pays ? "cuda" : "cpu"));
  is_told_ = true;
  return pays;
}

bool AutoEngine::search_on_device(const SearchRequest& request, Candidate* out) {
  try {
    device_->search(request, out);
    return true;
  } catch (const DeviceError& error) {
    leave_device(error.what());
    return false;
  }
}

void AutoEngine::search_on_cpu(const SearchRequest& request, Candidate* out) {
  const double begin = own_.seconds();
  own_.cpu->search(request, out);
  const int num = request.resampling.num_problems();
  cpu_seconds_ += own_.seconds() - begin;
  num_measured_ += num;
  num_passes_ += passes_of(out, num);
}

void AutoEngine::leave_device(const std::string& failure) {
  device_.reset();
  is_left_ = true;
  say(fmt::format("isoloss: warning: a device failed, and the CPU goes on: {}\n", failure));
}

}  // namespace isoloss
