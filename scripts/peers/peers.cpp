// Times each peer from the same starts and prints one JSON object a line.
//
//   peers PROBLEM    the file that problem.py writes

#include <ceres/version.h>
#include <lbfgs.h>

#include <cstdio>
#include <exception>
#include <string>

#include "fits.h"
#include "time_peer.h"

namespace {

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
