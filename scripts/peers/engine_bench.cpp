// Times the search engine stage by stage and prints one JSON object a line; see README.md.
//
//   engine_bench DATA --device cpu|cuda [--only STAGE] [--scale 0.1]
//
// --only runs one stage of those in main(), --scale makes its jobs smaller or larger. Exit code 3
// if there is no such device.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/fit/bootstrap.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/request.h"
#include "host/search/sampled_starts.h"
#include "host/search/starts.h"
#include "scripts/peers/seconds_of.h"

namespace {

using namespace isoloss;

constexpr int kRepeats = 3;  // the fastest counts

// A request with what it points to.
struct Job {
  Job(const LawEntry& law, const RunTable& runs, int num_basins)
      : problem(runs, law), units(units_of(runs, true)) {
    request = search_request(law, problem, ResidualLoss{});
    request.resampling.unit = units.of_row.data();
    request.resampling.num_units = static_cast<std::uint32_t>(units.num_units);
    request.num_basins = num_basins;
    if (!can_screen_exponents(law)) return;
    columns.emplace(law, request.runs, 16);
    request.grid = &columns->grid();
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void set_starts(std::vector<double> points, StartRule rule) {
    starts = std::move(points);
    request.start_rule = rule;
    request.starts = starts.data();
    request.num_starts = static_cast<int>(starts.size()) / request.num_params;
  }

  Problem problem;
  Units units;
  SearchRequest request;
  std::vector<double> starts;
  std::optional<ExponentColumns> columns;
};

class Bench {
 public:
  Bench(const std::string& path, std::string device, double scale)
      : device_(std::move(device)), scale_(scale) {
    ReadOptions read;
    read.drop_highest_loss = 5;
    runs_ = read_runs(path, read);
    const double seconds = seconds_of([&] {
      engine_ = choose_engine(device_, {0, simd_level()}, JobSize{}).engine;
    });
    print("engine chosen", "engines", 1, seconds);
  }

  // The first search also starts the context, its modules and cuBLAS.
  void first_search() {
    Job job(chinchilla(), runs_, 1);
    print("first search", "resamples", 64, seconds_of([&] { search(job, 64); }));
  }

  void search_resamples() {
    Job job(chinchilla(), runs_, 1);
    for (const int num : {64, 1'000, 4'000, 32'768, 131'072, 1 << 20})
      time("search, 1 basin", job, scaled(num), num > 200'000 ? 1 : kRepeats);
  }

  void search_basins() {
    Job job(chinchilla(), runs_, 4);
    time("search, 4 basins", job, scaled(131'072), kRepeats);
  }

  void search_grid() {
    Job job(chinchilla(), runs_, 1);
    job.set_starts(grid_starts(chinchilla(), job.problem.centre()), StartRule::all_starts);
    time("every start of the grid", job, 0, kRepeats);
    time("every start of the grid, each resample", job, std::max(2, scaled(on_cpu() ? 8 : 400)), 1);
  }

  void screen() {
    const Problem problem(runs_, chinchilla());
    for (const int num : {512, 1024, 2048, 4096}) {
      ScreenedStart best;
      const double seconds = fastest(kRepeats, [&] {
        screen_exponent_pairs(chinchilla(), problem.view(), num, *engine_, best);
      });
      print("screen of exponents", "pairs", static_cast<long long>(num) * num, seconds);
    }
  }

  void bootstrap() {
    const Problem problem(runs_, chinchilla());
    const Units units = units_of(runs_, true);
    FitOptions options;
    for (const int num : {4'000, 100'000, 1'000'000}) {
      options.num_resamples = std::max(1000, scaled(num));
      const double seconds = fastest(num > 200'000 ? 1 : kRepeats, [&] {
        Bootstrap(chinchilla(), problem, units, *engine_, {}, options)
            .fits(options.all_resamples());
      });
      print("bootstrap with proofs", "resamples", options.num_resamples, seconds);
    }
  }

  // Of a device, as ISOLOSS_CUDA_TEXTS has them run.
  void tapes() {
    const char* asked = std::getenv("ISOLOSS_CUDA_TEXTS");
    const std::string_view texts = asked == nullptr ? "" : asked;
    const std::string how = texts.empty() ? "" : fmt::format(", texts {}", texts);
    for (const char* name : {"kaplan", "coupled", "farseer"}) {
      const LawEntry& law = find_law(name);
      Job job(law, runs_, 4);
      job.set_starts(sampled_starts(law, job.problem, 128), StartRule::best_starts);
      const bool large = law.num_params() > 8;
      time(fmt::format("search by tape, {}{}", name, how).c_str(), job,
           scaled(large ? 1024 : 16'384), 1);
    }
  }

 private:
  static const LawEntry& chinchilla() { return find_law("chinchilla"); }
  bool on_cpu() const { return device_ == "cpu"; }
  int scaled(int num) const { return std::max(1, static_cast<int>(num * scale_)); }

  template <class Work>
  static double fastest(int repeats, Work&& work) {
    double least = seconds_of(work);
    for (int i = 1; i < repeats; ++i) least = std::min(least, seconds_of(work));
    return least;
  }

  // Resamples in requests of the size that the engine prefers; none: the runs as they are. Returns
  // the passes over the runs.
  long long search(Job& job, int num_resamples) {
    const int num = std::max(1, num_resamples);
    std::vector<Candidate> found(
        static_cast<std::size_t>(std::min(num, engine_->preferred_batch())));
    long long passes = 0;
    for (int first = 0; first < num; first += static_cast<int>(found.size())) {
      const int part = std::min(static_cast<int>(found.size()), num - first);
      job.request.resampling.first = static_cast<std::uint64_t>(first);
      job.request.resampling.num_resamples = num_resamples == 0 ? 0 : part;
      engine_->search(job.request, found.data());
      for (int i = 0; i < part; ++i) passes += found[static_cast<std::size_t>(i)].num_evaluations;
    }
    return passes;
  }

  void time(const char* name, Job& job, int num_resamples, int repeats) {
    long long passes = 0;
    const double seconds = fastest(repeats, [&] { passes = search(job, num_resamples); });
    const long long num = std::max(1, num_resamples);
    const bool each_start = job.request.start_rule == StartRule::all_starts;
    print(name, each_start ? "starts" : "resamples",
          each_start ? num * job.request.num_starts : num, seconds, passes);
  }

  void print(const char* name, const char* what, long long number, double seconds,
             long long passes = 0) const {
    fmt::print(R"({{"name": "{}", "device": "{}", "counted": "{}", "number": {}, )"
               R"("seconds": {:.6g}, "passes": {}}})"
               "\n",
               name, device_, what, number, seconds, passes);
    std::fflush(stdout);
  }

  const std::string device_;
  const double scale_;
  RunTable runs_;
  std::unique_ptr<SearchEngine> engine_;
};

int run(const std::string& data, const std::string& device, const std::string& only, double scale) {
  const struct {
    const char* name;
    void (Bench::*run)();
  } stages[] = {{"search", &Bench::search_resamples}, {"basins", &Bench::search_basins},
                {"bootstrap", &Bench::bootstrap},     {"screen", &Bench::screen},
                {"grid", &Bench::search_grid},        {"tapes", &Bench::tapes}};
  const auto is_asked = [&](const auto& stage) { return only.empty() || only == stage.name; };
  if (std::none_of(std::begin(stages), std::end(stages), is_asked)) {
    fmt::print(stderr, "engine_bench: no stage {}\n", only);
    return 2;
  }
  Bench bench(data, device, scale);
  bench.first_search();
  for (const auto& stage : stages)
    if (is_asked(stage)) (bench.*stage.run)();
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app("Times the search engine stage by stage", "engine_bench");
  std::string data, device, only;
  double scale = 1;
  app.add_option("data", data)->required();
  app.add_option("--device", device)->required();
  app.add_option("--only", only);
  app.add_option("--scale", scale)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return run(data, device, only, scale);
} catch (const isoloss::DeviceError& error) {
  fmt::print(stderr, "engine_bench: {}\n", error.what());
  return 3;
} catch (const std::exception& error) {
  fmt::print(stderr, "engine_bench: {}\n", error.what());
  return 1;
}
