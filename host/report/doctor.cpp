#include "host/report/doctor.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/search/auto_engine.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

constexpr long long kExampleRuns = 240;

std::string lanes_text(const DoctorReport& report) {
  const std::string usable = listed(report.usable_simd);
  if (!report.simd_problem.empty())
    return fmt::format("{}; usable: {}", report.simd_problem, usable);
  return fmt::format("{} (usable: {}; ISOLOSS_SIMD forces one)", report.simd, usable);
}

std::string toolkit_text(const CudaReport& cuda) {
  if (cuda.built_with == 0) return "built without";
  return fmt::format("built with the toolkit of CUDA {}", cuda_version_text(cuda.built_with));
}

std::string driver_text(const CudaReport& cuda) {
  if (cuda.state == CudaState::built_without) return "not looked for";
  if (cuda.driver_version == 0) return "none answers";
  return fmt::format("knows CUDA {} and older", cuda_version_text(cuda.driver_version));
}

std::string cublas_text(const CudaReport& cuda) {
  if (cuda.state == CudaState::built_without) return "not looked for";
  if (!cuda.cublas.empty()) return cuda.cublas;
  // It is looked for once there is a device to use it.
  return cuda.state == CudaState::no_cublas ? "not found" : "not looked for";
}

std::string capability_text(const CudaDevice& device) {
  return fmt::format("{}.{}", device.major, device.minor);
}

std::vector<Pair> device_pairs(const CudaReport& cuda) {
  if (cuda.state == CudaState::built_without) return {{"devices", "not looked for"}};
  if (cuda.devices.empty()) return {{"devices", "none"}};
  std::vector<Pair> out;
  for (const CudaDevice& device : cuda.devices)
    out.push_back({fmt::format("cuda:{}", device.index),
                   fmt::format("{}; compute capability {}, {} multiprocessors, {:.1f} GB",
                               device.name, capability_text(device), device.num_multiprocessors,
                               static_cast<double>(device.memory_bytes) / 1e9)});
  return out;
}

std::string cuda_text(const CudaReport& cuda) {
  const bool ready = cuda.state == CudaState::ready;
  return fmt::format("{}: {}", ready ? "ready" : "cannot be had", cuda_sentence(cuda));
}

std::string auto_text(const DoctorReport& report) {
  if (!report.large_job.is_cuda)
    return fmt::format("cpu, however large the job: {}", report.large_job.reason);
  return fmt::format(
      "the CPU for up to {} fits of {} runs; of more the first are timed there, and cuda goes on "
      "where that is predicted to be {} times as fast: 1,000,000 of them in {:.2g} s (from counted "
      "instructions, not measured)",
      least_cuda_fits(kExampleRuns), kExampleRuns, AutoEngine::kMargin,
      report.large_job.predicted_seconds);
}

Json version_json(int version) {
  return version == 0 ? Json(nullptr) : Json(cuda_version_text(version));
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json cuda_json(const CudaReport& cuda) {
  Json devices = Json::array();
  for (const CudaDevice& device : cuda.devices)
    devices.push_back({{"index", device.index},
                       {"name", device.name},
                       {"compute_capability", capability_text(device)},
                       {"num_multiprocessors", device.num_multiprocessors},
                       {"memory_bytes", device.memory_bytes}});
  return {
      {"state", cuda_state_name(cuda.state)},        {"sentence", cuda_sentence(cuda)},
      {"hint", text_or_null(cuda_hint(cuda))},       {"built_with", version_json(cuda.built_with)},
      {"driver", version_json(cuda.driver_version)}, {"cublas", text_or_null(cuda.cublas)},
      {"failure", text_or_null(cuda.failure)},       {"devices", devices}};
}

}  // namespace

Document describe_doctor(const DoctorReport& report) {
  const auto section = [](const char* title, std::vector<Pair> pairs) {
    Pairs out{std::move(pairs)};
    out.width = 16;
    return Section{title, {out}};
  };
  std::vector<Pair> gpu{{"CUDA", toolkit_text(report.cuda)},
                        {"driver", driver_text(report.cuda)},
                        {"cuBLAS", cublas_text(report.cuda)}};
  for (Pair& device : device_pairs(report.cuda)) gpu.push_back(std::move(device));
  std::vector<Pair> devices{{"``device`` cuda", cuda_text(report.cuda)},
                            {"``device`` auto", auto_text(report)}};
  if (const std::string hint = cuda_hint(report.cuda); !hint.empty())
    devices.push_back({"hint", hint});
  const std::string program =
      fmt::format("isoloss {}, built by {}", report.version, report.compiler);
  return {"What can be used here",
          cuda_text(report.cuda),
          {},
          {{"Program", {Note{program}}},
           section("CPU", {{"lanes", lanes_text(report)},
                           {"threads", std::to_string(report.num_threads)},
                           {"linear algebra",
                            "lanes of our own; no BLAS is used: the products are small, and every "
                            "processor gets the same bits"}}),
           section("GPU", gpu),
           section("Devices", devices)},
          {}};
}

std::string doctor_json(const DoctorReport& report) {
  const Json out{
      {"schema", "isoloss/doctor"},
      {"schema_version", 1},
      {"isoloss_version", report.version},
      {"compiler", report.compiler},
      {"simd",
       {{"level", text_or_null(report.simd)},
        {"problem", text_or_null(report.simd_problem)},
        {"usable", report.usable_simd}}},
      {"num_threads", report.num_threads},
      {"linear_algebra", {{"cpu", "own lanes"}, {"blas", nullptr}}},
      {"cuda", cuda_json(report.cuda)},
      {"auto_for_a_large_job",
       {{"device", report.large_job.is_cuda ? "cuda" : "cpu"},
        {"reason", report.large_job.reason},
        {"predicted_seconds",
         report.large_job.is_cuda ? Json(report.large_job.predicted_seconds) : Json(nullptr)},
        {"least_fits_of_240_runs", least_cuda_fits(kExampleRuns)}}},
  };
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace isoloss
