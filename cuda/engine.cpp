#include "cuda/engine.h"

#include <exception>
#include <thread>

#include "cuda/cublas_library.h"
#include "cuda/device_worker.h"

namespace isoloss {
namespace {

// Below so many problems a device a second device only costs its start.
constexpr int kFewestProblems = 1024;
constexpr int kBatch = 1 << 17;  // resamples of a request, a device

class CudaEngine : public SearchEngine {
 public:
  explicit CudaEngine(const CudaOptions& options, const std::vector<int>& devices) {
    for (const int device : devices)
      workers_.push_back(std::make_unique<DeviceWorker>(device, options.memory_bytes));
  }

  std::string_view name() const override { return "cuda"; }
  int preferred_batch() const override { return kBatch * static_cast<int>(workers_.size()); }
  PairCell best_pair(const PairScreen& screen) override { return workers_[0]->best_pair(screen); }

  // Each device takes a range of the resamples.
  void search(const SearchRequest& request, Candidate* out) override {
    const int num = request.resampling.num_problems();
    const int used = std::clamp(num / kFewestProblems, 1, static_cast<int>(workers_.size()));
    std::vector<std::exception_ptr> failures(static_cast<std::size_t>(used));
    const auto search_range = [&](int worker) {
      const int first = static_cast<int>(static_cast<long long>(num) * worker / used);
      const int last = static_cast<int>(static_cast<long long>(num) * (worker + 1) / used);
      try {
        workers_[static_cast<std::size_t>(worker)]->search(request, first, last - first, out);
      } catch (...) {
        failures[static_cast<std::size_t>(worker)] = std::current_exception();
      }
    };
    std::vector<std::thread> threads;
    for (int worker = 1; worker < used; ++worker) threads.emplace_back(search_range, worker);
    search_range(0);
    for (std::thread& thread : threads) thread.join();
    for (const std::exception_ptr& failure : failures)
      if (failure) std::rethrow_exception(failure);
  }

 private:
  std::vector<std::unique_ptr<DeviceWorker>> workers_;
};

// Fills in the devices; false with the failure told if a call fails.
bool find_devices(CudaReport& report) {
  int num = 0;
  cudaError_t error = cudaGetDeviceCount(&num);
  for (int index = 0; error == cudaSuccess && index < num; ++index) {
    cudaDeviceProp properties{};
    error = cudaGetDeviceProperties(&properties, index);
    report.devices.push_back({index, properties.name, properties.major, properties.minor,
                              properties.multiProcessorCount, properties.totalGlobalMem});
  }
  if (error == cudaSuccess) return true;
  cudaGetLastError();
  report.devices.clear();
  report.failure = std::string("looking for CUDA devices: ") + cudaGetErrorString(error) + " (" +
                   cudaGetErrorName(error) + ")";
  return error == cudaErrorNoDevice;
}

CudaState state_of(CudaReport& report) {
  const bool looked = find_devices(report);
  if (report.driver_version == 0) return CudaState::no_driver;
  if (report.driver_version / 1000 < report.built_with / 1000) return CudaState::driver_too_old;
  if (!looked) return CudaState::failed;
  if (report.devices.empty()) return CudaState::no_device;
  return report.cublas.empty() ? CudaState::no_cublas : CudaState::ready;
}

std::vector<int> devices_to_use(const CudaReport& report, const CudaOptions& options) {
  std::vector<int> devices;
  for (const CudaDevice& device : report.devices) devices.push_back(device.index);
  if (options.devices.empty()) return devices;
  for (const int asked : options.devices)
    if (asked < 0 || asked >= static_cast<int>(devices.size()))
      throw DeviceError("there is no device cuda:" + std::to_string(asked) + " among " +
                        cuda_sentence(report));
  return options.devices;
}

}  // namespace

CudaReport cuda_report() {
  CudaReport report;
  report.built_with = CUDART_VERSION;
  if (cudaDriverGetVersion(&report.driver_version) != cudaSuccess) report.driver_version = 0;
  report.cublas = cublas_library().name;
  report.state = state_of(report);
  return report;
}

std::unique_ptr<SearchEngine> make_cuda_engine(const CudaOptions& options) {
  const CudaReport report = cuda_report();
  if (report.state != CudaState::ready) throw DeviceError(cuda_sentence(report));
  return std::make_unique<CudaEngine>(options, devices_to_use(report, options));
}

}  // namespace isoloss
