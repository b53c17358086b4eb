#include "scripts/peers/device_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "host/bootstrap.h"
#include "host/search/engine_choice.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "scripts/peers/seconds_of.h"

namespace isoloss {
namespace {

constexpr int kExponents = 4096;
constexpr int kRepeats = 3;

void print_line(std::string_view name, const std::string& device, std::string_view what,
                long long number, double seconds) {
  fmt::print(R"({{"name": "{}", "device": "{}", "{}": {}, "seconds": {:.9g}}})"
             "\n",
             name, device, what, number, seconds);
}

template <class Work>
double median_seconds(Work&& work) {
  std::vector<double> seconds;
  for (int i = 0; i < kRepeats; ++i) seconds.push_back(seconds_of(work));
  std::nth_element(seconds.begin(), seconds.begin() + kRepeats / 2, seconds.end());
  return seconds[kRepeats / 2];
}

}  // namespace

void time_on_device(const RunTable& runs, const std::string& device) {
  ChosenEngine chosen;
  const double start = seconds_of([&] {
    chosen = choose_engine(device, {0, simd_level()}, JobSize{});
  });
  print_line("engine start", device, "engines", 1, start);

  const LawEntry& law = find_law("chinchilla");
  const Problem problem(runs, law);
  const Units units = units_of(runs, true);
  FitOptions options;
  options.num_resamples = 4000;
  bootstrap(law, problem, units, *chosen.engine, {}, options);  // the first call is not timed
  for (const int resamples : {4'000, 100'000, 1'000'000}) {
    options.num_resamples = resamples;
    const double seconds =
        median_seconds([&] { bootstrap(law, problem, units, *chosen.engine, {}, options); });
    print_line("bootstrap refits", device, "resamples", resamples, seconds);
  }

  ScreenedStart best;
  const double screen = median_seconds(
      [&] { screen_exponent_pairs(law, problem.view(), kExponents, *chosen.engine, best); });
  print_line("exponent screen", device, "pairs", static_cast<long long>(kExponents) * kExponents,
             screen);

  options.num_resamples = 0;
  options.starts = StartMode::grid;
  options.device = device;
  int starts = 0;
  const double grid = median_seconds([&] { starts = fit(runs, options).search.num_starts; });
  print_line("fit from the grid of starts", device, "starts", starts, grid);
}

}  // namespace isoloss
