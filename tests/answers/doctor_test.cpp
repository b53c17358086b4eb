// `isoloss doctor`: every state of CUDA by a made-up report, and the program on this machine.

#include "host/answers/doctor.h"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "host/report/doctor.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

DoctorReport made_up(CudaReport cuda) {
  DoctorReport report;
  report.version = "1.2.3";
  report.compiler = "g++ 12.2.0";
  report.simd = "avx2";
  report.usable_simd = {"portable", "avx2"};
  report.num_threads = 12;
  report.large_job = auto_device(cuda, {1'000'000, 240});
  report.cuda = std::move(cuda);
  return report;
}

CudaReport cuda_in(CudaState state) {
  CudaReport cuda;
  cuda.state = state;
  cuda.built_with = 13000;
  cuda.driver_version = 13010;
  cuda.cublas = "libcublas.so.13";
  return cuda;
}

CudaReport two_devices() {
  CudaReport cuda = cuda_in(CudaState::ready);
  cuda.devices = {{0, "NVIDIA H100 80GB HBM3", 9, 0, 132, 85'000'000'000},
                  {1, "NVIDIA A10", 8, 6, 72, 24'000'000'000}};
  return cuda;
}

// A report of each state, and what its text must hold.
struct Finding {
  CudaReport cuda;
  std::vector<std::string> parts;
};

std::vector<Finding> findings() {
  CudaReport no_driver = cuda_in(CudaState::no_driver);
  no_driver.driver_version = 0;
  no_driver.cublas = "";
  CudaReport old_driver = cuda_in(CudaState::driver_too_old);
  old_driver.driver_version = 12020;
  CudaReport no_cublas = two_devices();
  no_cublas.state = CudaState::no_cublas;
  no_cublas.cublas = "";
  CudaReport failed = cuda_in(CudaState::failed);
  failed.failure = "looking for CUDA devices: system not yet initialized";
  return {
      {CudaReport{}, {"built without CUDA", "-DISOLOSS_CUDA=ON", "nvcc"}},
      {no_driver,
       {"cuBLAS          not looked for", "no NVIDIA driver answers", "none answers",
        "install a driver for CUDA 13"}},
      {old_driver, {"knows CUDA 12.2", "built with CUDA 13.0", "toolkit of CUDA 12"}},
      {cuda_in(CudaState::no_device), {"finds no device", "CUDA_VISIBLE_DEVICES"}},
      {cuda_in(CudaState::device_too_old), {"compute capability 7.5 or newer", "Turing"}},
      {no_cublas, {"cuBLAS of CUDA 13 was not found", "libcublas.so.13", "LD_LIBRARY_PATH"}},
      {failed, {"system not yet initialized", "nvidia-smi"}},
      {two_devices(),
       {"cuda:0          NVIDIA H100 80GB HBM3; compute capability 9.0, 132 multiprocessors, 85.0 "
        "GB",
        "cuda:1          NVIDIA A10; compute capability 8.6", "ready: 2 CUDA devices",
        "cuda goes on where that is predicted", "libcublas.so.13", "CUDA 13.1"}},
  };
}

// Every line, broken where the text wraps, as one.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && (c != ' ' || out.empty() || out.back() != ' ')) out += c == '\n' ? ' ' : c;
  return out;
}

}  // namespace

TEST_CASE("The doctor has a text and a hint for every state of CUDA") {
  std::set<std::string> names;
  for (const Finding& finding : findings()) {
    const std::string text = as_text(describe_doctor(made_up(finding.cuda)));
    INFO(text);
    for (const std::string& part : finding.parts)
      CHECK((contains(text, part) || contains(unwrapped(text), unwrapped(part))));
    const bool ready = finding.cuda.state == CudaState::ready;
    CHECK(contains(text, "\n  hint ") == !ready);
    CHECK(contains(text, "cpu, however large the job") == !ready);
    names.insert(cuda_state_name(finding.cuda.state));
  }
  CHECK(names.size() == findings().size());
}

TEST_CASE("The doctor's lines fit 100 columns") {
  for (const Finding& finding : findings()) {
    std::istringstream text(as_text(describe_doctor(made_up(finding.cuda))));
    for (std::string line; std::getline(text, line);) {
      INFO(line);
      CHECK(line.size() <= 100);
    }
  }
}

TEST_CASE("The doctor's JSON holds the facts of its report") {
  const Json json = Json::parse(doctor_json(made_up(two_devices())));
  CHECK(json.at("schema") == "isoloss/doctor");
  CHECK(json.at("schema_version") == 1);
  CHECK(json.at("simd").at("level") == "avx2");
  CHECK(json.at("num_threads") == 12);
  const Json& cuda = json.at("cuda");
  CHECK(cuda.at("state") == "ready");
  CHECK(cuda.at("hint").is_null());
  CHECK(cuda.at("built_with") == "13.0");
  CHECK(cuda.at("driver") == "13.1");
  CHECK(cuda.at("devices").size() == 2);
  CHECK(cuda.at("devices")[0].at("compute_capability") == "9.0");
  CHECK(cuda.at("devices")[1].at("memory_bytes") == 24'000'000'000);
  CHECK(json.at("auto_for_a_large_job").at("device") == "cuda");
  const Json without = Json::parse(doctor_json(made_up({})));
  CHECK(without.at("cuda").at("built_with").is_null());
  CHECK(without.at("auto_for_a_large_job").at("device") == "cpu");
}

TEST_CASE("The doctor tells what a large job is predicted to take on the devices") {
  const AutoDevice large = auto_device(two_devices(), {1'000'000, 240});
  CHECK(large.predicted_seconds > 1);
  CHECK(large.predicted_seconds < 10);
  const Json json = Json::parse(doctor_json(made_up(two_devices())));
  CHECK(json.at("auto_for_a_large_job").at("predicted_seconds") == large.predicted_seconds);
  CHECK(Json::parse(doctor_json(made_up({})))
            .at("auto_for_a_large_job")
            .at("predicted_seconds")
            .is_null());
}

TEST_CASE("The doctor and the engine agree on when auto takes CUDA") {
  const CudaReport cuda = two_devices();
  const long long least = least_cuda_fits(240);
  CHECK(auto_device(cuda, {least, 240}).is_cuda);
  CHECK(!auto_device(cuda, {least - 1, 240}).is_cuda);
  CHECK(contains(auto_device(cuda, {1, 240}).reason, "too small"));
}

TEST_CASE("The doctor runs here, whatever is missing") {
  const ProgramRun run = run_program("doctor");
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "no BLAS is used"));
  CHECK(contains(unwrapped(run.output), unwrapped(cuda_sentence(cuda_report()))));
  const ProgramRun json = run_program("doctor --json -");
  CHECK(json.exit_code == 0);
  CHECK(Json::parse(json.output).at("cuda").at("state") == cuda_state_name(cuda_report().state));
  CHECK(run_program("doctor --json /no/such/folder/doctor.json 2>&1").exit_code == 4);
  CHECK(contains(run_program("--help").output, "doctor"));
}

TEST_CASE("The doctor reports a forced instruction set that cannot be used") {
  const ProgramRun run = run_program("doctor", "ISOLOSS_SIMD=abacus");
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "ISOLOSS_SIMD=abacus cannot be used here; usable: portable"));
}

}  // namespace isoloss
