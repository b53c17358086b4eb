#include "cuda/engine.h"

#include <algorithm>
#include <exception>
#include <thread>

#include "cuda/cublas_library.h"
#include "cuda/device_worker.h"

namespace isoloss {
namespace {

constexpr int kBatch = 1 << 17;  // resamples of a request, a device

class CudaEngine : public SearchEngine {
 public:
  CudaEngine(const CudaOptions& options, std::vector<int> devices)
      : options_(options), devices_(std::move(devices)), workers_(devices_.size()) {}

  std::string_view name() const override { return "cuda"; }
  int preferred_batch() const override { return kBatch * static_cast<int>(devices_.size()); }
  PairCell best_pair(const PairScreen& screen) override { return worker(0).best_pair(screen); }

  // Each device takes a range of the resamples.
  void search(const SearchRequest& request, Candidate* out) override {
    const int num = request.resampling.num_problems();
    const int most = static_cast<int>(devices_.size());
    const int used = std::clamp(num / options_.fewest_problems, 1, most);
    std::vector<std::exception_ptr> failures(static_cast<std::size_t>(used));
    const auto search_range = [&](int part) {
      const int first = static_cast<int>(static_cast<long long>(num) * part / used);
      const int last = static_cast<int>(static_cast<long long>(num) * (part + 1) / used);
      try {
        worker(part).search(request, first, last - first, out);
      } catch (...) {
        failures[static_cast<std::size_t>(part)] = std::current_exception();
      }
    };
    {
      std::vector<std::jthread> threads;
      for (int part = 1; part < used; ++part) threads.emplace_back(search_range, part);
      search_range(0);
    }
    for (const std::exception_ptr& failure : failures)
      if (failure) std::rethrow_exception(failure);
  }

 private:
  // A device is started when it first gets work, in the thread that gives it.
  DeviceWorker& worker(int part) {
    std::unique_ptr<DeviceWorker>& own = workers_[static_cast<std::size_t>(part)];
    if (own == nullptr)
      own = std::make_unique<DeviceWorker>(devices_[static_cast<std::size_t>(part)], options_);
    return *own;
  }

  const CudaOptions options_;
  const std::vector<int> devices_;
  std::vector<std::unique_ptr<DeviceWorker>> workers_;
};

// The oldest devices that this build has code for: cuda/build.cmake.
#ifdef ISOLOSS_LEAST_CAPABILITY
constexpr int kLeastCapability = ISOLOSS_LEAST_CAPABILITY;
#else
constexpr int kLeastCapability = 75;  // the oldest that the kernels run on
#endif

// Fills in the devices; false with the failure told if a call fails.
bool find_devices(CudaReport& report) {
  int num = 0;
  cudaError_t error = cudaGetDeviceCount(&num);
  for (int index = 0; error == cudaSuccess && index < num; ++index) {
    cudaDeviceProp properties{};
    error = cudaGetDeviceProperties(&properties, index);
    if (10 * properties.major + properties.minor < kLeastCapability) {
      ++report.num_too_old;
      continue;
    }
    report.devices.push_back({index, properties.name, properties.major, properties.minor,
                              properties.multiProcessorCount, properties.totalGlobalMem});
  }
  if (error == cudaSuccess) return true;
  cudaGetLastError();
  report.devices.clear();
  if (error == cudaErrorNoDevice) return true;
  report.failure = std::string("looking for CUDA devices: ") + cudaGetErrorString(error) + " (" +
                   cudaGetErrorName(error) + ")";
  return false;
}

CudaState state_of(CudaReport& report) {
  if (report.driver_version == 0) return CudaState::no_driver;
  if (report.driver_version / 1000 < report.built_with / 1000) return CudaState::driver_too_old;
  if (!find_devices(report)) return CudaState::failed;
  if (report.devices.empty())
    return report.num_too_old > 0 ? CudaState::device_too_old : CudaState::no_device;
  report.cublas = cublas_library().name;
  return report.cublas.empty() ? CudaState::no_cublas : CudaState::ready;
}

std::vector<int> devices_to_use(const CudaReport& report, const CudaOptions& options) {
  std::vector<int> devices;
  for (const CudaDevice& device : report.devices) devices.push_back(device.index);
  if (options.devices.empty()) return devices;
  for (const int asked : options.devices)
    if (std::find(devices.begin(), devices.end(), asked) == devices.end())
      throw DeviceError("there is no device cuda:" + std::to_string(asked) + " among " +
                        cuda_sentence(report));
  return options.devices;
}

}  // namespace

CudaReport cuda_report() {
  CudaReport report;
  report.built_with = CUDART_VERSION;
  report.least_capability = kLeastCapability;
  if (cudaDriverGetVersion(&report.driver_version) != cudaSuccess) report.driver_version = 0;
  report.state = state_of(report);
  return report;
}

std::unique_ptr<SearchEngine> make_cuda_engine(const CudaOptions& options) {
  const CudaReport report = cuda_report();
  if (report.state != CudaState::ready) throw DeviceError(cuda_sentence(report));
  return std::make_unique<CudaEngine>(options, devices_to_use(report, options));
}

}  // namespace isoloss
