#include "host/answers/coverage/noise_draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "fits/random.h"
#include "host/answers/predict/prediction.h"
#include "host/base/error.h"
#include "host/base/normal_deviate.h"

namespace isoloss {
namespace {

constexpr double kMostOff = 50;  // of log loss: e^50, and hardly a number that a file would hold
constexpr std::uint32_t kBlocksOfRow =
    64;  // of four words: two a normal, a hundred of them at most

// Random numbers of one row, or of one run, of one set.
class Words {
 public:
  Words(std::uint64_t seed, std::uint64_t set, std::size_t place)
      : seed_(seed), set_(set), block_(static_cast<std::uint32_t>(place) * kBlocksOfRow) {}

  std::uint32_t word() {
    if (used_ == 4) {
      words_ = random_block(seed_, set_, block_++);
      used_ = 0;
    }
    return words_.word[used_++];
  }
  double uniform() { return uniform_of(word()); }
  double normal() {
    const std::uint32_t radius = word();
    return normal_of(radius, word());
  }

 private:
  std::uint64_t seed_, set_;
  std::uint32_t block_;
  PhiloxBlock words_{};
  int used_ = 4;
};

std::vector<double> truth_of(const FittedRuns& made, const Theta& theta) {
  FittedLaw law;
  law.law = *made.fit.law;
  law.thetas = {theta};
  return predict(law, new_runs(made.runs, law.law)).value;
}

std::vector<double> scales_of(const Noise& noise, const RunTable& runs) {
  std::vector<double> out(runs.num_runs(), noise.scale);
  if (noise.growth == 0) return out;
  if (runs.params.empty())
    refuse("noise that grows with N needs a law that reads N", "leave out its growth");
  double mean = 0;
  for (const double N : runs.params) mean += isoloss::log(N) / static_cast<double>(runs.num_runs());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] *= isoloss::exp(noise.growth * (isoloss::log(runs.params[i]) - mean));
  return out;
}

// Empty where rows share no runs.
std::vector<std::vector<std::size_t>> rows_by_tokens(const RunTable& runs) {
  std::vector<std::vector<std::size_t>> out = rows_by_run(runs);
  if (out.size() == runs.run.size()) return {};  // a name a row
  if (runs.tokens.empty()) return out;
  for (std::vector<std::size_t>& rows : out)
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return runs.tokens[a] < runs.tokens[b]; });
  return out;
}

// By how much a row's noise is wider than that of weight one.
std::vector<double> spread_by_weight(const RunTable& runs) {
  std::vector<double> out(runs.num_runs(), 1);
  for (std::size_t i = 0; i < runs.weights.size(); ++i) out[i] = 1 / std::sqrt(runs.weights[i]);
  return out;
}

// Of weight one.
std::vector<double> stretched_residuals(const FitResult& fit, const std::vector<double>& spread) {
  std::vector<double> out = fit.residuals;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] /= spread[i];
  const auto num = static_cast<double>(out.size());
  const double stretch = std::sqrt(num / std::max(1.0, num - fit.law->num_free()));
  for (double& own : out) own *= stretch;
  return out;
}

}  // namespace

NoiseDraws::NoiseDraws(const Noise& noise, const FittedRuns& made, const Theta& theta)
    : noise_(noise),
      is_log_(made.fit.law->log_residual),
      truth_(truth_of(made, theta)),
      scale_(scales_of(noise, made.runs)),
      spread_(spread_by_weight(made.runs)),
      pool_(stretched_residuals(made.fit, spread_)),
      runs_(rows_by_tokens(made.runs)) {
  if (noise.is_clustered() && runs_.empty())
    refuse("rows of a run are correlated, and nothing tells runs apart",
           "name the column of the run, or leave out the correlation");
}

// Of unit scale: heavier tails, outliers.
double NoiseDraws::shaped(double normal, std::size_t row, std::uint64_t seed,
                          std::uint64_t set) const {
  Words words(seed, set, row);
  words.uniform(), words.uniform();  // of the normal
  double out = normal;
  if (noise_.outliers > 0 && words.uniform() < noise_.outliers) out *= noise_.times;
  if (noise_.kind != NoiseKind::student) return out;
  double sum = 0;
  for (int i = 0; i < noise_.degrees; ++i) {
    const double own = words.normal();
    sum += own * own;
  }
  return out / std::sqrt(sum / noise_.degrees);
}

std::vector<double> NoiseDraws::gaussian(std::uint64_t seed, std::uint64_t set) const {
  const std::size_t num = truth_.size();
  std::vector<double> out(num);
  for (std::size_t i = 0; i < num; ++i) out[i] = Words(seed, set, i).normal();
  const double own = noise_.fades ? std::sqrt(1 - noise_.correlation * noise_.correlation)
                                  : std::sqrt(1 - noise_.correlation);
  for (std::size_t r = 0; noise_.is_clustered() && r < runs_.size(); ++r) {
    const double common = std::sqrt(noise_.correlation) * Words(seed, set, num + r).normal();
    for (std::size_t k = 0; k < runs_[r].size(); ++k) {
      double& here = out[runs_[r][k]];
      if (!noise_.fades) {
        here = common + own * here;
      } else if (k > 0) {
        here = noise_.correlation * out[runs_[r][k - 1]] + own * here;
      }
    }
  }
  for (std::size_t i = 0; i < num; ++i) out[i] = scale_[i] * shaped(out[i], i, seed, set);
  return out;
}

std::vector<double> NoiseDraws::dealt(std::uint64_t seed, std::uint64_t set) const {
  std::vector<double> out(truth_.size());
  const auto sign = [](std::uint32_t word) { return word < 0x80000000u ? -1.0 : 1.0; };
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    const double all = sign(Words(seed, set, r).word());
    for (const std::size_t row : runs_[r]) out[row] = all * spread_[row] * pool_[row];
  }
  for (std::size_t i = 0; runs_.empty() && i < out.size(); ++i) {
    Words words(seed, set, i);
    const double own = sign(words.word());
    out[i] =
        own * spread_[i] * pool_[below(words.word(), static_cast<std::uint32_t>(pool_.size()))];
  }
  return out;
}

void NoiseDraws::require_measurable(double off) const {
  if (is_log_ && std::fabs(off) > kMostOff)
    refuse(fmt::format("this noise moves the log of a response by {:.3g}", off),
           "give noise of less width; it is of the log, where 0.01 is one percent");
}

std::vector<double> NoiseDraws::draw(std::uint64_t seed, std::uint64_t set) const {
  std::vector<double> out =
      noise_.kind == NoiseKind::residuals ? dealt(seed, set) : gaussian(seed, set);
  for (const double off : out) require_measurable(off);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = is_log_ ? truth_[i] * isoloss::exp(out[i]) : truth_[i] + out[i];
  return out;
}

}  // namespace isoloss
