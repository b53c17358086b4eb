#include "host/search/search_end.h"

#include <algorithm>
#include <cmath>

#include "fits/search.h"
#include "fits/stopping.h"
#include "host/base/threads.h"
#include "host/search/proved_fit.h"

namespace isoloss {
namespace {

// An end this much above the best may yet come down to it: with residuals far beyond delta a search
// is left tens of per cent above its optimum.
constexpr double kMayComeDown = 1.5;
constexpr int kMostSettled = 8;

bool same_basin(double objective, double least) {
  return objective <= least * (1 + kSameBasin) + kExactObjective;
}

MinimiseOptions options_of(const MinimisedProblem& problem, bool is_near, int cap) {
  SearchRequest request;
  request.residual_loss = problem.residual_loss;
  request.start_rule = is_near ? StartRule::exponent_grid : StartRule::all_starts;
  MinimiseOptions out = minimise_options(request);
  out.max_evaluations = cap;
  return out;
}

}  // namespace

bool SearchEnds::empty() const { return ends.empty() || !std::isfinite(best().objective); }

int SearchEnds::num_agreeing() const {
  return static_cast<int>(std::count_if(ends.begin(), ends.end(), [&](const SearchEnd& end) {
    return std::isfinite(end.objective) && same_basin(end.objective, best().objective);
  }));
}

std::vector<std::size_t> SearchEnds::distinct(int num) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (std::ssize(out) == num || !std::isfinite(ends[i].objective)) break;
    if (out.empty() || !same_basin(ends[i].objective, ends[out.back()].objective)) out.push_back(i);
  }
  return out;
}

void SearchEnds::add(const std::vector<SearchEnd>& more) {
  ends.insert(ends.end(), more.begin(), more.end());
  num_starts += static_cast<int>(more.size());
  sort();
}

// A NaN counts as infinite.
void SearchEnds::sort() {
  for (SearchEnd& end : ends)
    if (std::isnan(end.objective)) end.objective = INFINITY;
  std::stable_sort(ends.begin(), ends.end(), [](const SearchEnd& a, const SearchEnd& b) {
    return a.objective < b.objective;
  });
}

void minimise_ends(const MinimisedProblem& problem, bool is_near, int cap,
                   std::vector<SearchEnd>& ends) {
  const LawKernels kernels = problem.law.kernels(simd_level());
  const Solver& solver = problem.law.solver();
  const MinimiseOptions options = options_of(problem, is_near, cap);
  const auto objective = [&](const Theta& theta) {
    return solver.objective(kernels, problem.runs, problem.residual_loss, theta.data());
  };
  parallel_for(
      static_cast<int>(ends.size()), num_threads_to_use(problem.num_threads), [&](int i, int) {
        SearchEnd& own = ends[static_cast<std::size_t>(i)];
        const Theta end =
            solver.minimise(kernels, problem.runs, own.theta.data(), options, problem.box).theta;
        own = {end, objective(end), own.kind, own.start};
      });
  throw_if_stopped();
}

void settle_ends(const MinimisedProblem& problem, int num_enough, SearchEnds& found) {
  if (found.empty() || found.num_agreeing() >= num_enough) return;
  const double most = kMayComeDown * found.best().objective + kExactObjective;
  int num = 0;
  while (num < std::min<int>(kMostSettled, static_cast<int>(found.ends.size())) &&
         found.ends[static_cast<std::size_t>(num)].objective <= most)
    ++num;
  parallel_for(num, num_threads_to_use(problem.num_threads), [&](int i, int) {
    SearchEnd& own = found.ends[static_cast<std::size_t>(i)];
    const PolishedFit fit =
        proved_fit(problem.law, problem.runs, problem.residual_loss, own.theta.data(), problem.box);
    if (fit.objective <= own.objective) own = {fit.theta, fit.objective, own.kind, own.start};
  });
  throw_if_stopped();
  found.sort();
}

}  // namespace isoloss
