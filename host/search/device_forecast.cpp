#include "host/search/device_forecast.h"

#include <limits>

namespace isoloss {
namespace {

constexpr double kStartSeconds = 1;
constexpr double kCompileSeconds = 2;
constexpr double kClock = 1.5e9;    // Hz that a busy device keeps
constexpr double kFp64APass = 130;  // instructions of chinchilla's minimiser: scripts/sass_report
constexpr double kShareOfBound = 1 / 8.;  // latency, divergence, the minimiser's own steps

// Lanes of FP64 of a multiprocessor: of the devices for computing, and of all others.
double fp64_lanes(const CudaDevice& device) {
  const int capability = 10 * device.major + device.minor;
  if (capability == 90 || capability == 100) return 64;
  if (capability == 80 || capability == 70 || capability == 60) return 32;
  return 2;
}

}  // namespace

DeviceForecast forecast_of(const CudaReport& report) {
  DeviceForecast out{kStartSeconds, kCompileSeconds, 0};
  for (const CudaDevice& device : report.devices)
    out.passes_per_second += kShareOfBound * kClock / kFp64APass * fp64_lanes(device) *
                             static_cast<double>(device.num_multiprocessors);
  return out;
}

double seconds_on(const DeviceForecast& device, double num_passes, bool is_tape) {
  if (device.passes_per_second <= 0) return std::numeric_limits<double>::infinity();
  return device.start_seconds + (is_tape ? device.compile_seconds : 0) +
         num_passes / device.passes_per_second;
}

}  // namespace isoloss
