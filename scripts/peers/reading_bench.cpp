// How fast a table of runs is read on one thread: `reading_bench ROWS` makes one of three columns
// in memory and prints seconds of the processor and MB a second of the grammar alone and of the
// whole way to columns of numbers, the fastest of five times each.

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "host/reading/csv.h"
#include "host/reading/read_runs.h"

namespace {

using namespace isoloss;

constexpr int kRepetitions = 5;

std::string runs_of_chinchilla(int num_rows) {
  std::mt19937_64 random(1);
  const auto between = [&](double low, double high) {
    return std::pow(10, low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53);
  };
  std::string bytes = "params,tokens,loss\n";
  for (int i = 0; i < num_rows; ++i) {
    const double params = between(7, 10), tokens = between(8.5, 11.5);
    const double loss = 1.7 + 400 / std::pow(params, 0.34) + 410 / std::pow(tokens, 0.28);
    bytes += fmt::format("{:.0f},{:.0f},{:.4f}\n", params, tokens, loss * between(-0.01, 0.01));
  }
  return bytes;
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
void print_fastest(const char* what, const std::string& bytes, const Work& work) {
  double best = HUGE_VAL;
  for (int i = 0; i < kRepetitions; ++i) {
    std::string own = bytes;
    const double begin = processor_seconds();
    work(std::move(own));
    best = std::min(best, processor_seconds() - begin);
  }
  fmt::print("| {} | {:.3f} | {:.0f} |\n", what, best,
             static_cast<double>(bytes.size()) / 1e6 / best);
}

}  // namespace

int main(int num_args, char** args) {
  const int num_rows = num_args > 1 ? std::atoi(args[1]) : 5'000'000;
  const std::string bytes = runs_of_chinchilla(num_rows);
  fmt::print("{} rows, {:.0f} MB, one thread\n\n", num_rows,
             static_cast<double>(bytes.size()) / 1e6);
  fmt::print("| | s | MB/s |\n| --- | ---: | ---: |\n");
  print_fastest("records and plain numbers", bytes,
                [](std::string own) { parse_csv(std::move(own), "runs.csv"); });
  print_fastest("columns of the runs, checked", bytes,
                [](std::string own) { runs_of(parse_csv(std::move(own), "runs.csv"), {}); });
}
