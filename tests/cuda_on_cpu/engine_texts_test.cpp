// Tapes as texts on the CUDA engine executed on the CPU: when a text is compiled, what is done
// where the driver does not take it, and that nothing else changes. The double runs the interpreter
// in place of the text: tests/ptx_on_cpu executes texts themselves.

#include <algorithm>

#include "cuda/batch.h"
#include "cuda/engine.h"
#include "cuda/tape_text.h"
#include "tests/cuda_on_cpu/tape_formulas.h"
#include "tests/cuda_on_cpu/test_device.h"
#include "tests/cuda_on_cpu/text_kernels_on_cpu.h"

namespace isoloss {
namespace {

constexpr const char* kCompile = "cuModuleLoadDataEx";

long num_compiled() {
  const std::vector<std::string> calls = cuda_on_cpu::call_names();
  return std::count(calls.begin(), calls.end(), kCompile);
}

const CudaOptions kAlways{.texts = CudaTexts::always};
const CudaOptions kFromOneFit{.fewest_text_fits = 1};

TapeSearch resamples_of(const TapeSearch::Formula& formula, int num_params) {
  run_texts_on_cpu();
  return {formula, num_params, 3};
}

void ask_for_resamples(TapeSearch& search, int num) {
  search.request.start_rule = StartRule::near_starts;
  search.request.num_basins = 2;
  search.request.resampling.num_resamples = num;
}

}  // namespace

TEST_CASE("A text fits to the CPU's bits in every size, from every kind of start") {
  for (const int num_params : {3, 7, 10}) {
    INFO(num_params << " parameters");
    TapeSearch search = resamples_of(waves, num_params);
    const FreshMachine machine;
    const auto cuda = make_cuda_engine(kAlways);
    for (const StartRule rule : {StartRule::all_starts, StartRule::best_starts}) {
      search.request.start_rule = rule;
      check_same(search, *cuda);
    }
    ask_for_resamples(search, 3);
    check_same(search, *cuda);
    CHECK(num_compiled() == 1);
  }
}

TEST_CASE("A text whose fits converge is polished on the device") {
  TapeSearch search = resamples_of(line, 2);
  const FreshMachine machine;
  search.request.start_rule = StartRule::best_starts;
  search.request.residual_loss.kind = ResidualKind::squared;
  search.request.resampling.num_resamples = 4;
  CHECK(check_same(search, *make_cuda_engine(kAlways)) == 4);
}

TEST_CASE("A device compiles a text once, and anew for another tape") {
  TapeSearch first = resamples_of(waves, 3);
  TapeSearch second = resamples_of(everything, 7);
  ask_for_resamples(first, 2);
  ask_for_resamples(second, 2);
  const FreshMachine machine;
  const auto cuda = make_cuda_engine(kAlways);
  check_same(first, *cuda);
  check_same(first, *cuda);
  CHECK(num_compiled() == 1);
  check_same(second, *cuda);
  check_same(first, *cuda);
  CHECK(num_compiled() == 3);
  CHECK(cuda_on_cpu::live().modules == 1);
}

TEST_CASE("A text is compiled where its fits are many, and only then") {
  TapeSearch search = resamples_of(waves, 3);
  ask_for_resamples(search, 4);  // of two starts each
  const struct {
    CudaOptions options;
    long compiled;
  } cases[] = {{{}, 0},
               {{.fewest_text_fits = 9}, 0},
               {{.fewest_text_fits = 8}, 1},
               {{.texts = CudaTexts::never, .fewest_text_fits = 1}, 0}};
  for (const auto& c : cases) {
    const FreshMachine machine;
    check_same(search, *make_cuda_engine(c.options));
    CHECK(num_compiled() == c.compiled);
  }
}

TEST_CASE("A tape whose text the driver does not take is interpreted, and not tried again") {
  TapeSearch search = resamples_of(waves, 3);
  ask_for_resamples(search, 4);
  const FreshMachine machine;
  const auto cuda = make_cuda_engine(kFromOneFit);
  cuda_on_cpu::fail_next(kCompile, cudaErrorUnsupportedPtxVersion);
  check_same(search, *cuda);
  check_same(search, *cuda);
  CHECK(num_compiled() == 1);
}

TEST_CASE("A text that must be compiled and cannot is an error that names the driver's call") {
  TapeSearch search = resamples_of(waves, 3);
  ask_for_resamples(search, 2);
  const FreshMachine machine;
  const auto cuda = make_cuda_engine(kAlways);
  cuda_on_cpu::fail_next(kCompile, cudaErrorInvalidPtx);
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(search.search(*cuda),
                    Contains("a PTX JIT compilation failed") && Contains("driver_module.cpp"));
  check_same(search, *cuda);
}

TEST_CASE("A tape that is too large for a text is interpreted") {
  TapeSearch search = resamples_of(waves, 16);
  REQUIRE_FALSE(can_be_text(*search.request.tape));
  ask_for_resamples(search, 2);
  const FreshMachine machine;
  check_same(search, *make_cuda_engine(kAlways));
  CHECK(num_compiled() == 0);
}

TEST_CASE("A batch of a text has room for the tape only where starts are screened") {
  TapeSearch search = resamples_of(waves, 7);
  ask_for_resamples(search, 40);
  const FreshMachine machine;
  TextCache texts;
  DeviceRequest request(search.request, {nullptr, 2, 0});
  const std::size_t interpreted = batch_bytes(request, 40);
  request.text = texts.kernels_of(*search.request.tape, true);
  CHECK(batch_bytes(request, 40) < interpreted);
  CHECK(request.room_threads(40) == kBlockThreads);
  search.request.start_rule = StartRule::all_starts;
  CHECK(request.room_threads(40) == 0);
}

}  // namespace isoloss
