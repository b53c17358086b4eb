#include "host/search/cpu_engine.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "fits/random.h"
#include "fits/vertex.h"
#include "host/parallel.h"
#include "host/registry.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "host/search/screen.h"

namespace isoloss {
namespace {

constexpr int kTile = 64;          // problems a matrix product
constexpr int kStartsAtOnce = 16;  // starts a work item, where every start is minimised
constexpr double kAgreement = 1e-6;

// Keeps the best end of a problem's starts, and how many agreed with it.
class BestEnd {
 public:
  explicit BestEnd(Candidate& out) : out_(out) {
    out_ = {};
    out_.objective = std::numeric_limits<double>::infinity();
  }
  void add(const SearchResult& end) {
    ++out_.num_started;
    out_.num_evaluations += end.evaluations;
    if (!std::isfinite(end.objective)) return;
    ends_.push_back(end.objective);
    if (!(end.objective < out_.objective)) return;
    out_.objective = end.objective;
    std::copy(end.theta.begin(), end.theta.end(), out_.theta);
  }
  void count_agreeing() {
    out_.num_agreeing = static_cast<int>(std::count_if(ends_.begin(), ends_.end(), [&](double end) {
      return end <= out_.objective * (1 + kAgreement) + 1e-300;
    }));
  }

 private:
  Candidate& out_;
  std::vector<double> ends_;
};

// A start that a screen chose is near: the asked objective at once. Any other is led there by
// least squares and then a shrinking delta. Absolute residuals always take the schedule.
MinimiseOptions minimise_options(const ResidualLoss& rho, bool screened) {
  MinimiseOptions options;
  const bool absolute = rho.kind == ResidualKind::absolute;
  options.delta = absolute ? kAbsoluteDelta : rho.smooth_delta();
  options.first_delta = screened ? options.delta : std::numeric_limits<double>::infinity();
  if (absolute) options.first_delta = screened ? 1e-2 : options.first_delta;
  if (absolute) options.ready_share = 1e-6;
  if (absolute) options.final_step = 1e-8;  // its vertex is told by the smallest residuals
  return options;
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

 private:
  // The best pair of the finest grid, in front of the starts that a coarser one gave.
  void add_finest_start(const LawEntry& law, const SearchRequest& request,
                        std::vector<ScreenedStart>& starts) const {
    ScreenedStart finest;
    if (screen_exponent_pairs(law, request.runs, kFinestExponents, options_.simd, num_threads_,
                              finest))
      starts.insert(starts.begin(), finest);
  }

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
                      resampling.num_units, own);
    }
    for (std::size_t i = 0; i < num_runs; ++i) {
      const std::size_t unit = resampling.unit != nullptr ? resampling.unit[i] : i;
      weights[row * num_runs + i] = request.runs.weight[i] * own[unit];
    }
  }
}

void CpuEngine::search_screened(const SearchRequest& request, Candidate* out) {
  const LawEntry& law = find_law(request.law);
  const LawKernels& kernels = law.kernels(options_.simd);
  const bool by_exponents = request.start_rule == StartRule::exponent_grid;
  const std::unique_ptr<Screen> screen =
      by_exponents
          ? make_exponent_screen(law, request.runs, request.exponents_an_axis, options_.simd)
          : make_objective_screen(law, kernels, request, options_.simd);
  const MinimiseOptions minimise = minimise_options(request.residual_loss, by_exponents);
  const int num_problems = request.resampling.num_problems();
  const bool plain = request.resampling.num_resamples == 0;
  const auto num_runs = static_cast<std::size_t>(request.runs.num_runs);
  parallel_for((num_problems + kTile - 1) / kTile, num_threads_, [&](int tile, int) {
    const int first = tile * kTile;
    const int rows = std::min(kTile, num_problems - first);
    std::vector<std::uint16_t> counts;
    std::vector<double> weights;
    fill_weights(request, first, rows, counts, weights);
    const std::size_t num_units = counts.size() / static_cast<std::size_t>(rows);
    std::vector<double> moments(static_cast<std::size_t>(screen->num_moments()));
    WeightedRuns selected(request.runs);
    std::vector<ScreenedStart> starts;
    for (int row = 0; row < rows && !interrupted; ++row) {
      const RunsView& runs = selected.select(&counts[static_cast<std::size_t>(row) * num_units],
                                             request.resampling.unit);
      screen->moments(&weights[static_cast<std::size_t>(row) * num_runs], moments.data());
      screen->best_starts(moments.data(), request.num_basins, starts);
      if (plain && by_exponents) add_finest_start(law, request, starts);
      BestEnd best(out[first + row]);
      for (const ScreenedStart& start : starts)
        best.add(law.minimise(kernels, runs, start.theta.data(), minimise));
      best.count_agreeing();
    }
  });
}

void CpuEngine::search_all_starts(const SearchRequest& request, Candidate* out) {
  const LawEntry& law = find_law(request.law);
  const LawKernels& kernels = law.kernels(options_.simd);
  const MinimiseOptions minimise = minimise_options(request.residual_loss, false);
  std::vector<std::uint16_t> counts;
  std::vector<double> weights;
  std::vector<SearchResult> ends(static_cast<std::size_t>(request.num_starts));
  for (int problem = 0; problem < request.resampling.num_problems(); ++problem) {
    fill_weights(request, problem, 1, counts, weights);
    WeightedRuns selected(request.runs);
    const RunsView& runs = selected.select(counts.data(), request.resampling.unit);
    const int num_items = (request.num_starts + kStartsAtOnce - 1) / kStartsAtOnce;
    parallel_for(num_items, num_threads_, [&](int item, int) {
      const int last = std::min(request.num_starts, (item + 1) * kStartsAtOnce);
      for (int s = item * kStartsAtOnce; s < last; ++s)
        ends[static_cast<std::size_t>(s)] = law.minimise(
            kernels, runs, request.starts + std::ptrdiff_t{s} * law.num_params(), minimise);
    });
    BestEnd best(out[problem]);
    for (const SearchResult& end : ends) best.add(end);
    best.count_agreeing();
  }
}

}  // namespace

std::unique_ptr<SearchEngine> make_cpu_engine(CpuEngineOptions options) {
  return std::make_unique<CpuEngine>(std::move(options));
}

}  // namespace isoloss
