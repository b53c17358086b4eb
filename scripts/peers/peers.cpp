// Times each peer from the same starts and prints one JSON object a line.
//
//   peers PROBLEM    the file that problem.py writes

#include <ceres/version.h>
#include <lbfgs.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <string>

#include "fits.h"

namespace {

// Fits from every start; only the fits are timed. All are judged by the same scalar objective.
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

void time_scalar_peers(const Problem& problem, const Objective& objective) {
  const std::string with = objective.name.empty() ? "" : ", " + objective.name;
  time_peer(problem, "NLopt LD_LBFGS" + with,
            [&](Theta& theta) { nlopt_fit(NLOPT_LD_LBFGS, objective, theta); });
  time_peer(problem, "NLopt LD_SLSQP" + with,
            [&](Theta& theta) { nlopt_fit(NLOPT_LD_SLSQP, objective, theta); });
  time_peer(problem, "liblbfgs" + with, [&](Theta& theta) { lbfgs_fit(objective, true, theta); });
  time_peer(problem, "liblbfgs, default tolerance" + with,
            [&](Theta& theta) { lbfgs_fit(objective, false, theta); });
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fputs("usage: peers PROBLEM\n", stderr);
    return 2;
  }
  const Problem problem = read_problem(argv[1]);
  use_problem(problem);
  time_peer(problem, "Ceres Solver, HuberLoss", [&](Theta& theta) { ceres_fit(problem, theta); });
  time_peer(problem, "Ceres TinySolver", [&](Theta& theta) { tiny_solver_fit(problem, theta); });
  time_scalar_peers(problem, {"", scalar_objective});

  int major = 0;
  int minor = 0;
  int bugfix = 0;
  nlopt_version(&major, &minor, &bugfix);
  std::printf(R"({"version": "Ceres %s, NLopt %d.%d.%d, g++ %s"})"
              "\n",
              CERES_VERSION_STRING, major, minor, bugfix, __VERSION__);
} catch (const std::exception& error) {
  std::fprintf(stderr, "peers: %s\n", error.what());
  return 1;
}
