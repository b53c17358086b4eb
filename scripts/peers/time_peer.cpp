#include "time_peer.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

#include "objective.h"

void time_peer(const Problem& problem, const std::string& name,
               const std::function<void(Theta&)>& fit) {
  std::vector<Theta> ends = problem.starts;
  const auto begin = std::chrono::steady_clock::now();
  for (Theta& theta : ends) fit(theta);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;

  double best = std::numeric_limits<double>::infinity();
  int num_close = 0;
  int num_near = 0;
  for (const Theta& theta : ends) {
    const double value = scalar_objective(theta.data(), nullptr);
    best = std::fmin(best, value);
    num_close += value <= problem.best * (1 + 1e-9);
    num_near += value <= problem.best * (1 + 1e-4);
  }
  const auto num_starts = static_cast<double>(ends.size());
  std::printf(
      R"({"name": "%s", "starts": %zu, "seconds_per_start": %.9g, "best_objective": %.17g, )"
      R"("hit_1e-9": %.4f, "hit_1e-4": %.4f})"
      "\n",
      name.c_str(), ends.size(), elapsed.count() / num_starts, best, num_close / num_starts,
      num_near / num_starts);
  std::fflush(stdout);
}
