#include "host/search/engine_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/search/auto_engine.h"

namespace isoloss {
namespace {

// Evaluations of a run below which starting a device takes longer than the CPU's whole search.
constexpr double kLeastCudaWork = 1e8;
constexpr double kEvaluationsAFit = 12;

InputError bad_device(const std::string& device) {
  return InputError("", 0, "", "``device`` " + device + " is not a device",
                    "use auto, cpu, cuda, or cuda:0,1 for some of the devices, each once");
}

// "cuda" into all devices, "cuda:0,1" into those.
std::vector<int> device_list(const std::string& device) {
  std::vector<int> out;
  if (device == "cuda") return out;
  for (std::size_t begin = 5; begin <= device.size();) {
    const std::size_t end = std::min(device.find(',', begin), device.size());
    const std::string index = device.substr(begin, end - begin);
    const bool digits = !index.empty() && index.size() < 4 &&
                        index.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::find(out.begin(), out.end(), std::stoi(index)) != out.end())
      throw bad_device(device);
    out.push_back(std::stoi(index));
    begin = end + 1;
  }
  return out;
}

// ISOLOSS_CUDA_MEMORY=1G: most memory of each device that the engine takes; unset: no limit.
std::size_t memory_limit() {
  const char* asked = std::getenv("ISOLOSS_CUDA_MEMORY");
  if (asked == nullptr || *asked == '\0') return 0;
  const Number number = parse_number(asked);
  if (number.kind == Number::Kind::value && number.value >= 1e6)
    return static_cast<std::size_t>(number.value);
  throw InputError("", 0, "", std::string("ISOLOSS_CUDA_MEMORY=") + asked + " is not a size",
                   "write bytes, at least 1M: 500M, 8e9");
}

// ISOLOSS_CUDA_TEXTS: when a law without code of its own becomes kernels of its own on a device.
CudaTexts texts() {
  const char* asked = std::getenv("ISOLOSS_CUDA_TEXTS");
  const std::string_view text = asked == nullptr ? "" : asked;
  if (text.empty()) return CudaTexts::many_fits;
  if (text == "always") return CudaTexts::always;
  if (text == "never") return CudaTexts::never;
  throw InputError("", 0, "",
                   fmt::format("ISOLOSS_CUDA_TEXTS={} is neither always nor never", text),
                   "leave it out for kernels of their own where they pay");
}

CudaOptions cuda_options(const std::string& device) {
  CudaOptions out;
  out.devices = device_list(device);
  out.memory_bytes = memory_limit();
  out.texts = texts();
  return out;
}

ChosenEngine always(std::unique_ptr<SearchEngine> engine, std::string reason) {
  return {std::move(engine), [reason = std::move(reason)] { return reason; }};
}

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

ChosenEngine measure(const CudaReport& report, const CpuEngineOptions& cpu, const JobSize& job) {
  const CudaOptions options = cuda_options("cuda");
  auto engine = std::make_unique<AutoEngine>(AutoEngineParts{
      make_cpu_engine(cpu), [options] { return make_cuda_engine(options); }, forecast_of(report),
      cuda_sentence(report), static_cast<double>(job.num_fits), seconds_now});
  const AutoEngine* own = engine.get();
  return {std::move(engine), [own] { return own->reason(); }};
}

double passes_of(const JobSize& job) {
  return kEvaluationsAFit * static_cast<double>(job.num_fits) * static_cast<double>(job.num_runs);
}

}  // namespace

long long least_cuda_fits(long long num_runs) {
  if (num_runs <= 0) return std::numeric_limits<long long>::max();
  return static_cast<long long>(
      std::ceil(kLeastCudaWork / kEvaluationsAFit / static_cast<double>(num_runs)));
}

AutoDevice auto_device(const CudaReport& report, const JobSize& job) {
  const std::string sentence = cuda_sentence(report);
  if (report.state != CudaState::ready) return {false, sentence};
  if (job.num_runs > 0 && job.num_fits >= least_cuda_fits(job.num_runs))
    return {true, sentence, seconds_on(forecast_of(report), passes_of(job), false)};
  return {false, "the job is too small to gain from " + sentence};
}

ChosenEngine choose_engine(const std::string& device, const CpuEngineOptions& cpu,
                           const JobSize& job) {
  if (device == "cpu") return always(make_cpu_engine(cpu), "asked for");
  const bool asked = device == "cuda" || device.starts_with("cuda:");
  if (!asked && device != "auto") throw bad_device(device);
  if (asked) device_list(device);
  if (!asked && job.num_fits < least_cuda_fits(job.num_runs))
    return always(make_cpu_engine(cpu), "the job is too small to gain from a GPU");
  const CudaReport report = cuda_report();
  const std::string sentence = cuda_sentence(report);
  if (asked) {
    if (report.state == CudaState::ready)
      return always(make_cuda_engine(cuda_options(device)), sentence);
    throw DeviceError("``device`` " + device + ": " + sentence +
                      "; use ``device`` auto or cpu to search on the processor, 'isoloss doctor' "
                      "tells what is there");
  }
  if (report.state == CudaState::ready) return measure(report, cpu, job);
  return always(make_cpu_engine(cpu), sentence);
}

}  // namespace isoloss
