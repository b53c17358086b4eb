#include "host/answers/optimum/compute_cost.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

// Of the determinant over the product of its diagonal: below it N and D vary together.
constexpr double kLeastApart = 1e-6;

std::vector<double> logs_of(const std::vector<double>& values, double& mean) {
  std::vector<double> out;
  mean = 0;
  for (const double value : values) {
    out.push_back(isoloss::log(value));
    mean += out.back() / static_cast<double>(values.size());
  }
  for (double& value : out) value -= mean;
  return out;
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

ComputeCost cost_of_compute(const RunTable& runs) {
  if (!runs.flops_given || runs.params.empty() || runs.tokens.empty())
    throw InputError(runs.path, 0, "", "the runs have no column of flops beside params and tokens",
                     "name it, ``column`` flops=HEADER, or leave out ``compute-from``");
  double mean_N = 0, mean_D = 0, mean_C = 0;
  const std::vector<double> N = logs_of(runs.params, mean_N), D = logs_of(runs.tokens, mean_D),
                            C = logs_of(runs.flops, mean_C);
  const double NN = product(N, N), DD = product(D, D), ND = product(N, D);
  const double determinant = NN * DD - ND * ND;
  if (!(determinant > kLeastApart * NN * DD))
    throw InputError(runs.path, 0, "", "N and D of the runs vary together: what each costs is open",
                     "add runs, or leave out ``compute-from``");
  const double NC = product(N, C), DC = product(D, C);
  ComputeCost out;
  out.num_runs = runs.num_runs();
  out.cost.N_power = (NC * DD - DC * ND) / determinant;
  out.cost.D_power = (DC * NN - NC * ND) / determinant;
  if (!(out.cost.N_power > 0 && out.cost.D_power > 0))
    throw InputError(runs.path, 0, "", "the recorded flops do not grow with both N and D",
                     "check the column of flops, or leave out ``compute-from``");
  out.cost.train = isoloss::exp(mean_C - out.cost.N_power * mean_N - out.cost.D_power * mean_D);
  double sum = 0;
  for (std::size_t i = 0; i < C.size(); ++i) {
    const double off = out.cost.N_power * N[i] + out.cost.D_power * D[i] - C[i];
    sum += off * off;
  }
  out.rms_log = std::sqrt(sum / static_cast<double>(C.size()));
  return out;
}

}  // namespace isoloss
