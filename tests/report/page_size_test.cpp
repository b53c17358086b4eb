// How large a page may be: small enough to be sent.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "host/base/data_folder.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {
namespace {

// Of a law with noise; written with all digits, as files have them.
void write_runs(const std::string& path, int num_runs) {
  std::mt19937_64 random(7);
  std::ofstream file(path);
  file.precision(17);
  file << "params,tokens,loss\n";
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int i = 0; i < num_runs; ++i) {
    const double params = std::pow(10, 7 + 3 * uniform()), tokens = std::pow(10, 9 + 3 * uniform());
    const double loss = 1.8 + 480 / std::pow(params, 0.35) + 2000 / std::pow(tokens, 0.37);
    file << params << "," << tokens << "," << loss * (1 + 0.02 * (uniform() - 0.5)) << "\n";
  }
}

std::uintmax_t page_bytes(const std::string& fit, const ScratchFolder& scratch) {
  const std::string page = scratch.file("page.html");
  CHECK(
      run_program(fit + " --quiet --report " + isoloss::quoted(page) + " 2>/dev/null").exit_code <=
      1);
  return std::filesystem::file_size(page);
}

}  // namespace

TEST_CASE("A page of 240 runs has 2.5 MB at most, of 5,000 runs and 4,000 draws 7 MB") {
  if (!data_folder("plotly")) {
    WARN("test skipped: scripts/setup has not fetched plotly.js");
    return;
  }
  const ScratchFolder scratch;
  CHECK(page_bytes("fit datasets/chinchilla_figure4.csv --drop-highest-loss 5", scratch) < 2.5e6);
  const std::string runs = scratch.file("runs.csv");
  write_runs(runs, 5000);
  CHECK(page_bytes("fit " + isoloss::quoted(runs) + " --bootstrap 4000", scratch) < 7e6);
}

}  // namespace isoloss
