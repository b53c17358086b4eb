#include "host/search/sampled_starts.h"

#include <algorithm>
#include <cmath>

#include "host/search/linear_solve.h"
#include "host/search/resampled_runs.h"
#include "host/search/start_ranges.h"

namespace isoloss {
namespace {

// Points that cover a cube evenly whatever their number: the additive recurrence of the root of
// x^(d + 1) = x + 1 (Roberts 2018, "The unreasonable effectiveness of quasirandom sequences").
class EvenPoints {
 public:
  explicit EvenPoints(std::size_t num_dimensions) {
    double root = 2;
    for (int round = 0; round < 100; ++round)
      root = std::pow(1 + root, 1 / (static_cast<double>(num_dimensions) + 1));
    for (std::size_t d = 0; d < num_dimensions; ++d)
      stride_.push_back(std::pow(root, -static_cast<double>(d + 1)));
  }
  double at(int index, std::size_t d) const {
    const double place = 0.5 + stride_[d] * (index + 1);
    return place - std::floor(place);
  }

 private:
  std::vector<double> stride_;
};

// Points around a given start, each parameter between half and twice what is given.
constexpr int kNumAround = 24;

bool is_among(const std::vector<int>& params, int param) {
  return std::find(params.begin(), params.end(), param) != params.end();
}

// Parameters that have to be sampled: neither solved for, nor given, nor held.
std::vector<int> sampled_params(const LawEntry& law, const std::vector<int>& linear) {
  std::vector<int> out;
  for (int k = 0; k < law.num_params(); ++k) {
    const bool is_linear = is_among(linear, k);
    const bool is_given = law.params[static_cast<std::size_t>(k)].start.has_value();
    if (!is_linear && !is_given && !law.is_held(k)) out.push_back(k);
  }
  return out;
}

struct Sample {
  int index;
  double error;
  Theta theta;  // search coordinates
};

class Sampler {
 public:
  Sampler(const LawEntry& law, const Problem& problem)
      : law_(law),
        problem_(problem),
        solve_(law, problem.view()),
        sampled_(sampled_params(law, solve_.params())),
        points_(sampled_.size()),
        ranges_(law, problem) {}

  // Places on an input's log axis are looked for where the runs are; beyond them they are real too:
  // every other sample looks there.
  Sample sample(int index) {
    Theta theta{};
    for (std::size_t d = 0; d < sampled_.size(); ++d)
      theta[static_cast<std::size_t>(sampled_[d])] =
          ranges_.at(sampled_[d], points_.at(index, d), index % 2 == 0);
    const Theta usual = theta;
    theta = ranges_.for_runs(theta);
    for (int k = 0; k < law_.num_params(); ++k) {
      const LawParam& param = law_.params[static_cast<std::size_t>(k)];
      double& own = theta[static_cast<std::size_t>(k)];
      // The user's box is for these runs.
      if (param.lower_is_users || param.upper_is_users) own = usual[static_cast<std::size_t>(k)];
      if (law_.is_held(k)) own = law_.box.bounds[k].lower;
      if (!law_.is_held(k)) own = param.start.value_or(own);
    }
    Sample out{index, 0, law_.to_search(theta, problem_.centre())};
    for (const int k : sampled_) {
      double& own = out.theta[static_cast<std::size_t>(k)];
      own = std::clamp(own, law_.box.bounds[k].lower, law_.box.bounds[k].upper);
    }
    out.error = solve_.solve(out.theta);
    return out;
  }

  std::size_t num_dimensions() const { return sampled_.size(); }

  // Largest difference of the two on an axis of the cube.
  double distance(const Sample& a, const Sample& b) const {
    double out = 0;
    for (std::size_t d = 0; d < sampled_.size(); ++d)
      out = std::max(out, std::fabs(points_.at(a.index, d) - points_.at(b.index, d)));
    return out;
  }

 private:
  const LawEntry& law_;
  const Problem& problem_;
  LinearSolve solve_;
  std::vector<int> sampled_;
  EvenPoints points_;
  StartRanges ranges_;
};

void append(const Theta& theta, int num_params, std::vector<double>& out) {
  out.insert(out.end(), theta.begin(), theta.begin() + num_params);
}

}  // namespace

int num_samples(const LawEntry& law) {
  const int num_dimensions = static_cast<int>(sampled_params(law, law.linear_params()).size());
  return num_dimensions == 0 ? 1 : 256 << std::min(num_dimensions, 5);
}

std::vector<double> sampled_starts(const LawEntry& law, const Problem& problem, int num_starts,
                                   int round) {
  Sampler sampler(law, problem);
  std::vector<Sample> samples;
  const int num = num_samples(law);
  for (int i = round * num; i < (round + 1) * num; ++i) {
    samples.push_back(sampler.sample(i));
    if (!std::isfinite(samples.back().error)) samples.pop_back();
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
    return a.error < b.error || (a.error == b.error && a.index < b.index);
  });
  // About as far apart as neighbours of a sample of num_starts would be.
  const double apart =
      0.5 *
      std::pow(4 * num_starts, -1 / std::max(1.0, static_cast<double>(sampler.num_dimensions())));
  std::vector<const Sample*> chosen;
  for (const Sample& own : samples) {
    if (static_cast<int>(chosen.size()) == num_starts) break;
    const bool is_new = std::all_of(chosen.begin(), chosen.end(), [&](const Sample* other) {
      return sampler.distance(own, *other) >= apart;
    });
    if (is_new) chosen.push_back(&own);
  }
  std::vector<double> out;
  for (const Sample* own : chosen) append(own->theta, law.num_params(), out);
  return out;
}

std::vector<double> resampled_starts(const LawEntry& law, const Problem& problem,
                                     const double* point, int num) {
  constexpr std::uint64_t kSeed = 1;
  std::vector<double> out;
  ResampledRuns resampled(problem.view(), law.num_inputs());
  for (int i = 0; i < num; ++i) {
    LinearSolve solve(law, resampled.draw(kSeed, static_cast<std::uint64_t>(i)));
    Theta theta{};
    std::copy_n(point, law.num_params(), theta.begin());
    if (std::isfinite(solve.solve(theta))) append(theta, law.num_params(), out);
  }
  return out;
}

std::vector<double> given_starts(const LawEntry& law, const Problem& problem, int num_sampled) {
  if (std::none_of(law.params.begin(), law.params.end(),
                   [](const LawParam& param) { return param.start.has_value(); }))
    return {};
  Theta theta{};
  bool is_whole = true;
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    if (!param.start && !law.is_held(k)) is_whole = false;
    theta[static_cast<std::size_t>(k)] =
        law.is_held(k) ? law.box.bounds[k].lower : param.start.value_or(0);
  }
  std::vector<double> out;
  if (is_whole) append(law.to_search(theta, problem.centre()), law.num_params(), out);
  LinearSolve solve(law, problem.view());
  if (!sampled_params(law, solve.params()).empty()) {
    const std::vector<double> sampled = sampled_starts(law, problem, num_sampled);
    out.insert(out.end(), sampled.begin(), sampled.end());
    return out;
  }
  std::vector<int> given;
  for (int k = 0; k < law.num_params(); ++k)
    if (!is_among(solve.params(), k) && !law.is_held(k)) given.push_back(k);
  const EvenPoints points(given.size());
  for (int i = 0; i <= (given.empty() ? 0 : kNumAround); ++i) {
    Theta around = theta;
    for (std::size_t d = 0; d < given.size() && i > 0; ++d)
      around[static_cast<std::size_t>(given[d])] *= std::exp2(2 * points.at(i, d) - 1);
    around = law.to_search(around, problem.centre());
    if (std::isfinite(solve.solve(around))) append(around, law.num_params(), out);
  }
  return out;
}

}  // namespace isoloss
