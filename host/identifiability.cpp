#include "host/identifiability.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/math.h"
#include "host/linearised_runs.h"
#include "host/reading/text.h"

namespace isoloss {
namespace {

// Eigenvalues of a small symmetric matrix (row-major, num x num) by cyclic Jacobi rotations.
std::vector<double> eigenvalues(std::vector<double> m, std::size_t num) {
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < num; ++p) {
      for (std::size_t q = p + 1; q < num; ++q) {
        const double pq = m[p * num + q];
        off += std::fabs(pq);
        if (pq == 0) continue;
        const double angle = (m[q * num + q] - m[p * num + p]) / (2 * pq);
        const double t =
            std::copysign(1 / (std::fabs(angle) + std::sqrt(1 + angle * angle)), angle);
        const double c = 1 / std::sqrt(1 + t * t);
        const double s = t * c;
        for (std::size_t k = 0; k < num; ++k) {
          const double kp = m[k * num + p];
          const double kq = m[k * num + q];
          m[k * num + p] = c * kp - s * kq;
          m[k * num + q] = s * kp + c * kq;
        }
        for (std::size_t k = 0; k < num; ++k) {
          const double pk = m[p * num + k];
          const double qk = m[q * num + k];
          m[p * num + k] = c * pk - s * qk;
          m[q * num + k] = s * pk + c * qk;
        }
      }
    }
    if (off < 1e-300) break;
  }
  std::vector<double> values;
  for (std::size_t k = 0; k < num; ++k) values.push_back(m[k * num + k]);
  return values;
}

// J^T W J of the free parameters, scaled to unit diagonal; a column of zeros stays zero.
std::vector<double> scaled_gram(const LawEntry& law, const RunsView& runs, const PolishedFit& fit,
                                std::vector<std::size_t>& free_params) {
  const auto num_params = static_cast<std::size_t>(law.num_params());
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(fit.theta.data());
  for (std::size_t k = 0; k < num_params; ++k)
    if (!fit.at_bound[k] && !law.is_held(static_cast<int>(k))) free_params.push_back(k);
  const std::size_t num = free_params.size();
  std::vector<double> gram(num * num);
  for (int i = 0; i < runs.num_runs; ++i)
    for (std::size_t a = 0; a < num; ++a)
      for (std::size_t b = 0; b < num; ++b)
        gram[a * num + b] += runs.weight[i] * rows.gradient(i, static_cast<int>(free_params[a])) *
                             rows.gradient(i, static_cast<int>(free_params[b]));
  std::vector<double> scale;
  for (std::size_t a = 0; a < num; ++a)
    scale.push_back(gram[a * num + a] > 0 ? 1 / std::sqrt(gram[a * num + a]) : 0);
  for (std::size_t a = 0; a < num; ++a)
    for (std::size_t b = 0; b < num; ++b) gram[a * num + b] *= scale[a] * scale[b];
  return gram;
}

constexpr std::size_t kManyValues = 1000;

// A loss whose log correlates with a size above this rises with it.
constexpr double kRising = 0.5;

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Pearson's; 0 if either does not vary.
double correlation_of_logs(std::vector<double> x, std::vector<double> y) {
  for (double& value : x) value = isoloss::log(value);
  for (double& value : y) value = isoloss::log(value);
  const double mean_x = mean(x);
  const double mean_y = mean(y);
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xx * yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

std::size_t num_distinct(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto same = [](double a, double b) { return std::fabs(a - b) <= 1e-6 * std::fabs(b); };
  return static_cast<std::size_t>(std::unique(values.begin(), values.end(), same) - values.begin());
}

std::string rising_fault(const RunTable& runs, const LawEntry& law) {
  if (runs.response != "loss") return "";
  if (law.reads(Input::N) && correlation_of_logs(runs.params, runs.loss) > kRising)
    return "the loss rises with model size, so the law does not hold for these runs";
  if (law.reads(Input::D) && correlation_of_logs(runs.tokens, runs.loss) > kRising)
    return "the loss rises with the number of tokens, so the law does not hold for these runs";
  return "";
}

bool is_ratio_constant(const RunTable& runs) {
  std::vector<double> ratio;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    ratio.push_back(runs.tokens[i] / runs.params[i]);
  return num_distinct(ratio) == 1;
}

std::string size_fault(const RunTable& runs, const LawEntry& law) {
  const bool has_N = law.reads(Input::N);
  const bool has_D = law.reads(Input::D);
  const std::size_t sizes = has_N ? num_distinct(runs.params) : kManyValues;
  const std::size_t lengths = has_D ? num_distinct(runs.tokens) : kManyValues;
  if (sizes == 1)
    return "there is only one model size, so its exponent and weight cannot be told from the "
           "irreducible loss";
  if (lengths == 1)
    return "there is only one number of tokens, so its exponent and weight cannot be told from the "
           "irreducible loss";
  if (has_N && has_D && is_ratio_constant(runs))
    return "D/N is constant, so the effects of model size and of tokens cannot be separated";
  if (sizes == 2) return "there are only two model sizes";
  if (lengths == 2) return "there are only two numbers of tokens";
  return "";
}

std::string input_fault(const RunTable& runs, const LawEntry& law) {
  for (const LawInput& input : law.inputs)
    if (!input.is_history() && num_distinct(runs.values_of(input.column)) == 1)
      return fmt::format("{} does not vary, so its effect cannot be told from the rest",
                         printable(input.symbol));
  return "";
}

}  // namespace

Identifiability identifiability(const LawEntry& law, const Problem& problem,
                                const PolishedFit& fit) {
  std::vector<std::size_t> free_params;
  const std::vector<double> gram = scaled_gram(law, problem.view(), fit, free_params);
  const std::vector<double> values = eigenvalues(gram, free_params.size());
  Identifiability out;
  if (values.empty()) return out;
  const double largest = *std::max_element(values.begin(), values.end());
  const double least = *std::min_element(values.begin(), values.end());
  constexpr double kNoise = 1e-15;  // of the scaled Gram matrix's eigenvalues
  out.rank = static_cast<int>(
      std::count_if(values.begin(), values.end(), [&](double v) { return v > kNoise * largest; }));
  out.condition = least > kNoise * largest ? std::sqrt(largest / least)
                                           : std::numeric_limits<double>::infinity();
  return out;
}

std::string design_fault(const RunTable& runs, const LawEntry& law) {
  if (num_distinct(runs.loss) == 1) return fmt::format("the {} does not vary", runs.response);
  for (const auto& fault : {rising_fault(runs, law), size_fault(runs, law), input_fault(runs, law)})
    if (!fault.empty()) return fault;
  return "";
}

}  // namespace isoloss
