// Every mistake that the runtime is there to find, planted and found; the same kernels without the
// mistake pass.

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/runtime/launch.h"

namespace isoloss {
namespace {

struct PlantedBug {
  const char* kernel;
  const char* message;  // part of it
};

constexpr PlantedBug kPlantedBugs[] = {
    {"11race_kernel", "shared memory race: byte"},
    {"12reuse_kernel", "shared memory race: byte"},
    {"16warp_race_kernel", "shared memory race: byte"},
    {"20global_bounds_kernel", "out of bounds: 8 bytes at byte 512 of a global allocation"},
    {"20shared_bounds_kernel", "out of bounds: 8 bytes at shared address"},
    {"24divergent_barrier_kernel", "divergent barrier: 32 of 64 threads wait here, 32 have exited"},
    {"21shuffle_source_kernel", "bad shuffle: it reads lane"},
    {"19shuffle_mask_kernel", "bad mask: it leaves out the calling lane"},
    {"17stuck_warp_kernel", "stuck warp: a lane of the mask never comes"},
    {"17misaligned_kernel", "misaligned: 8 bytes at address"},
    {"16assertion_kernel", "an assertion of the kernel does not hold"},
    {"11trap_kernel", "trap"},
};

std::vector<double> run(const std::string& kernel, bool buggy, const ptx::ThreadOrder& order) {
  ptx::Memory memory;
  std::vector<double> x(64, 1.0);
  double* d_out = memory.allocate<double>(64);
  ptx::launch(memory, ptx::find_kernel(kernel + (buggy ? "ILb1E" : "ILb0E")),
              {.block = 64, .order = order}, memory.copy_in(x), d_out);
  return memory.copy_out(d_out, 64);
}

}  // namespace

TEST_CASE("Planted bugs are named, with kernel, line, block and thread, in every order") {
  using Catch::Matchers::Contains;
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    for (const PlantedBug& bug : kPlantedBugs) {
      INFO(bug.kernel);
      CHECK_NOTHROW(run(bug.kernel, false, order));
      CHECK_THROWS_AS(run(bug.kernel, true, order), ptx::Failure);
      CHECK_THROWS_WITH(run(bug.kernel, true, order),
                        Contains(bug.message) && Contains(std::string("[kernel _Z") + bug.kernel) &&
                            Contains("planted_bugs.ptx:") && Contains("block (0,0,0), thread ("));
    }
  }
}

TEST_CASE("What reads shared memory that no one wrote computes NaN") {
  const auto is_nan = [](double x) { return std::isnan(x); };
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const std::vector<double> clean = run("20uninitialised_kernel", false, order);
    const std::vector<double> buggy = run("20uninitialised_kernel", true, order);
    CHECK(std::none_of(clean.begin(), clean.end(), is_nan));
    CHECK(std::count_if(buggy.begin(), buggy.end(), is_nan) == 1);
    CHECK(std::isnan(buggy[63 - 9]));
  }
}

}  // namespace isoloss
