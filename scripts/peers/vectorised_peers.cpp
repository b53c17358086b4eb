// liblbfgs given isoloss's vectorised objective: what a user of liblbfgs could reach with our
// kernel. That kernel also computes the Hessian, which liblbfgs has no use for.
//
//   vectorised_peers PROBLEM    the file that problem.py writes

#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

#include "fits.h"
#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "objective.h"
#include "time_peer.h"

namespace {

std::unique_ptr<isoloss::Problem> runs;
const isoloss::LawEntry* law = nullptr;
double delta = 0;

// theta in plain units, as the other peers have it.
double our_objective(const double* theta, double* gradient) {
  isoloss::Theta plain{};
  std::copy(theta, theta + num_params, plain.begin());
  const isoloss::Centre& centre = runs->centre();
  const isoloss::Theta centred = law->to_search(plain, centre);
  isoloss::Evaluation<num_params> at;
  const isoloss::LawKernels kernels = law->kernels(isoloss::simd_level());
  kernels.evaluate(kernels.tape, runs->view(), delta, centred.data(), &at);
  if (gradient != nullptr) {
    std::copy(at.grad, at.grad + num_params, gradient);
    gradient[alpha] -= centre[0] * at.grad[log_A];
    gradient[beta] -= centre[1] * at.grad[log_B];
  }
  return at.value;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fputs("usage: vectorised_peers PROBLEM\n", stderr);
    return 2;
  }
  const Problem problem = read_problem(argv[1]);
  use_problem(problem);
  isoloss::RunTable table;
  for (const Run& run : problem.runs) {
    table.params.push_back(std::exp(run.log_N));
    table.tokens.push_back(std::exp(run.log_D));
    table.loss.push_back(std::exp(run.log_L));
  }
  law = &isoloss::find_law("chinchilla");
  runs = std::make_unique<isoloss::Problem>(table, *law);
  delta = problem.delta;
  const Objective ours{"our vectorised objective", our_objective};
  time_peer(problem, "liblbfgs, " + ours.name, [&](Theta& theta) { lbfgs_fit(ours, true, theta); });
} catch (const std::exception& error) {
  std::fprintf(stderr, "vectorised_peers: %s\n", error.what());
  return 1;
}
