#include "host/search/cpu_engine.h"

#include <algorithm>
#include <vector>

#include "fits/random.h"
#include "host/base/threads.h"
#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "host/search/screen.h"

namespace isoloss {
namespace {

constexpr int kMostATile = 64;     // problems a thread takes at once
constexpr int kTilesAThread = 4;   // where there are few problems
constexpr int kStartsAtOnce = 16;  // starts a work item, where every start is minimised
constexpr int kRowsAnItem = 64;    // of a pair screen
constexpr int kSeedStride = 61;
constexpr int kBatchAThread = 512;  // resamples

// The kernels of the law that a request is about.
LawKernels kernels_of(const SearchRequest& request, SimdLevel level) {
  return request.tape != nullptr ? tape_kernels(*request.tape, level)
                                 : find_law(request.law).kernels(level);
}

// start: num_params entries.
FitEnd minimise_from(const SearchRequest& request, const LawKernels& kernels, const RunsView& runs,
                     const double* start, const MinimiseOptions& options) {
  Theta from{};
  std::copy_n(start, request.num_params, from.begin());
  const SearchResult end =
      solver_for(request.num_params).minimise(kernels, runs, from.data(), options, *request.box);
  FitEnd out;
  std::copy(end.theta.begin(), end.theta.end(), out.theta);
  out.objective = end.objective;
  out.num_evaluations = end.evaluations;
  return out;
}

class CpuEngine : public SearchEngine {
 public:
  explicit CpuEngine(CpuEngineOptions options)
      : options_(std::move(options)), num_threads_(num_threads_to_use(options_.num_threads)) {}

  std::string_view name() const override { return "cpu"; }

  void search(const SearchRequest& request, Candidate* out) override {
    if (request.start_rule == StartRule::all_starts) {
      search_all_starts(request, out);
    } else {
      search_screened(request, out);
    }
  }

  PairCell best_pair(const PairScreen& screen) override;

  int preferred_batch() const override { return kBatchAThread * num_threads_; }

 private:
  void search_screened(const SearchRequest& request, Candidate* out);
  void search_all_starts(const SearchRequest& request, Candidate* out);

  CpuEngineOptions options_;
  int num_threads_;
};

// Fills the weights of problems [first, first + rows): rows x num_runs, and their unit counts.
void fill_weights(const SearchRequest& request, int first, int rows,
                  std::vector<std::uint16_t>& counts, std::vector<double>& weights) {
  const Resampling& resampling = request.resampling;
  const auto num_runs = static_cast<std::size_t>(request.runs.num_runs);
  const std::size_t num_units = resampling.num_resamples == 0 ? num_runs : resampling.num_units;
  counts.resize(static_cast<std::size_t>(rows) * num_units);
  weights.resize(static_cast<std::size_t>(rows) * num_runs);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    std::uint16_t* own = &counts[row * num_units];
    if (resampling.num_resamples == 0) {
      std::fill(own, own + num_units, std::uint16_t{1});
    } else {
      resample_counts(resampling.seed, resampling.first + static_cast<std::uint64_t>(first) + row,
                      resampling.num_units, own, resampling.strata);
    }
    for (std::size_t i = 0; i < num_runs; ++i) {
      const std::size_t unit = resampling.unit != nullptr ? resampling.unit[i] : i;
      weights[row * num_runs + i] = request.runs.weight[i] * own[unit];
    }
  }
}

void CpuEngine::search_screened(const SearchRequest& request, Candidate* out) {
  const LawKernels kernels = kernels_of(request, options_.simd);
  const bool by_exponents = request.start_rule == StartRule::exponent_grid;
  const std::unique_ptr<Screen> screen =
      by_exponents ? make_exponent_screen(*request.grid, options_.simd)
                   : make_objective_screen(kernels, request, options_.simd);
  const MinimiseOptions minimise = minimise_options(request);
  const int num_problems = request.resampling.num_problems();
  const auto num_runs = static_cast<std::size_t>(request.runs.num_runs);
  const int tile_size = std::clamp(num_problems / (kTilesAThread * num_threads_), 1, kMostATile);
  parallel_for((num_problems + tile_size - 1) / tile_size, num_threads_, [&](int tile, int) {
    const int first = tile * tile_size;
    const int rows = std::min(tile_size, num_problems - first);
    std::vector<std::uint16_t> counts;
    std::vector<double> weights;
    fill_weights(request, first, rows, counts, weights);
    const std::size_t num_units = counts.size() / static_cast<std::size_t>(rows);
    std::vector<double> moments(static_cast<std::size_t>(screen->num_moments()));
    WeightedRuns selected(request.runs, request.num_inputs);
    std::vector<ScreenedStart> starts;
    std::vector<FitEnd> ends;
    for (int row = 0; row < rows; ++row) {
      const RunsView& runs = selected.select(&counts[static_cast<std::size_t>(row) * num_units],
                                             request.resampling.unit);
      screen->moments(&weights[static_cast<std::size_t>(row) * num_runs], moments.data());
      screen->best_starts(moments.data(), request.num_basins, starts);
      ends.clear();
      const auto add = [&](const double* start) {
        ends.push_back(minimise_from(request, kernels, runs, start, minimise));
      };
      for (int s = 0; by_exponents && s < request.num_starts; ++s)
        add(request.starts + std::ptrdiff_t{s} * request.num_params);
      for (const ScreenedStart& start : starts) add(start.theta);
      best_end(ends.data(), static_cast<int>(ends.size()), out[first + row]);
    }
  });
}

void CpuEngine::search_all_starts(const SearchRequest& request, Candidate* out) {
  const LawKernels kernels = kernels_of(request, options_.simd);
  const MinimiseOptions minimise = minimise_options(request);
  std::vector<std::uint16_t> counts;
  std::vector<double> weights;
  std::vector<FitEnd> ends(static_cast<std::size_t>(request.num_starts));
  for (int problem = 0; problem < request.resampling.num_problems(); ++problem) {
    fill_weights(request, problem, 1, counts, weights);
    WeightedRuns selected(request.runs, request.num_inputs);
    const RunsView& runs = selected.select(counts.data(), request.resampling.unit);
    const int num_items = (request.num_starts + kStartsAtOnce - 1) / kStartsAtOnce;
    parallel_for(num_items, num_threads_, [&](int item, int) {
      const int last = std::min(request.num_starts, (item + 1) * kStartsAtOnce);
      for (int s = item * kStartsAtOnce; s < last; ++s)
        ends[static_cast<std::size_t>(s)] =
            minimise_from(request, kernels, runs,
                          request.starts + std::ptrdiff_t{s} * request.num_params, minimise);
    });
    best_end(ends.data(), request.num_starts, out[problem]);
  }
}

PairCell CpuEngine::best_pair(const PairScreen& screen) {
  const ScreenKernels& kernels = screen_kernels(options_.simd);
  // A cell good enough that few others are looked at closely: the best of some rows.
  double seed = 0;
  for (int row = kSeedStride / 2; row < screen.num_first; row += kSeedStride)
    seed = std::max(seed, kernels.screen_pairs(screen, seed, row, row + 1).explained);
  seed *= 1 - 1e-12;
  const int num_items = (screen.num_first + kRowsAnItem - 1) / kRowsAnItem;
  std::vector<PairCell> cells(static_cast<std::size_t>(num_items));
  parallel_for(num_items, num_threads_, [&](int item, int) {
    cells[static_cast<std::size_t>(item)] = kernels.screen_pairs(
        screen, seed, item * kRowsAnItem, std::min(screen.num_first, (item + 1) * kRowsAnItem));
  });
  return *std::max_element(cells.begin(), cells.end(), [](const PairCell& a, const PairCell& b) {
    return a.explained < b.explained;
  });
}

}  // namespace

std::unique_ptr<SearchEngine> make_cpu_engine(CpuEngineOptions options) {
  return std::make_unique<CpuEngine>(std::move(options));
}

}  // namespace isoloss
