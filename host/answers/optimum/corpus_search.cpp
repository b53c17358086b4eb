#include "host/answers/optimum/corpus_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/math.h"
#include "host/base/lockstep_least.h"
#include "host/base/lockstep_root.h"

namespace isoloss {
namespace {

constexpr double kLeastShare = 1e-9;  // of the budget, that training has
constexpr int kTimesLookedAt = 9;
constexpr int kCorporaLookedAt = 41;
constexpr int kCorporaOfWorth = 17;
constexpr int kStepsOfWorth = 18;      // which is told to four digits and more
constexpr double kLogWorthRange = 20;  // a token is worth between e^-20 and e^20 real ones

}  // namespace

double CorpusPlan::N() const { return isoloss::exp(log_N); }
double CorpusPlan::L() const { return isoloss::exp(log_L); }

CorpusSearch::CorpusSearch(LossSurface surface, const CorpusTerms& terms)
    : surface_(std::move(surface)),
      terms_(terms),
      num_(surface_.num_rows()),
      log_max_params_(std::isinf(terms.max_params) ? INFINITY : isoloss::log(terms.max_params)),
      log_left_(num_),
      log_tokens_(num_),
      log_worth_(num_),
      log_most_times_(num_),
      log_N_(num_),
      log_D_(num_),
      plans_(num_) {}

double CorpusSearch::log_most() const {
  const double one_param = isoloss::log(terms_.budget / (terms_.generation + terms_.training));
  if (!(terms_.generation > 0)) return one_param;
  // What generation leaves is a difference: less of the budget than this is its rounding.
  return std::min(one_param, isoloss::log(terms_.budget / terms_.generation * (1 - kLeastShare)));
}

void CorpusSearch::set_corpora(double real, const std::vector<double>& log_G,
                               const std::vector<double>& log_w) {
  std::vector<double> worth(num_);
  for (std::size_t i = 0; i < num_; ++i) {
    const double generated = isoloss::exp(log_G[i]);
    worth[i] = real + isoloss::exp(log_G[i] + log_w[i]);
    log_left_[i] = isoloss::log((terms_.budget - terms_.generation * generated) / terms_.training);
    log_tokens_[i] = isoloss::log(real + generated);
    log_worth_[i] = isoloss::log(worth[i]);
    log_most_times_[i] = std::max(log_left_[i] - log_tokens_[i], 0.0);
    plans_[i].real = real;
    plans_[i].generated = generated;
  }
  if (terms_.weighing == Weighing::repeated) surface_.hold(kUniqueTokens, worth);
  if (terms_.weighing == Weighing::by_generation) begin_at_generated();
}

// Of all tokens being generated ones.
void CorpusSearch::begin_at_generated() {
  std::vector<double> generated(num_);
  for (std::size_t i = 0; i < num_; ++i) {
    generated[i] = plans_[i].generated;
    const double log_G = isoloss::log(generated[i]);
    log_most_times_[i] = log_tokens_[i] - log_G;
    log_tokens_[i] = log_worth_[i] = log_G;
  }
  surface_.hold(kSyntheticTokens, generated);
}

void CorpusSearch::evaluate(const std::vector<double>& log_times) {
  for (std::size_t i = 0; i < num_; ++i) {
    log_N_[i] = std::min(log_left_[i] - log_tokens_[i] - log_times[i], log_max_params_);
    log_D_[i] = log_worth_[i] + log_times[i];
  }
  surface_.evaluate(log_N_, log_D_, slopes_);
}

// More tokens leave a smaller model, but where the largest that may be leaves FLOP over.
std::vector<double> CorpusSearch::best_times() {
  std::vector<double> least(num_, INFINITY), best(num_, 0), step(num_), at(num_);
  for (std::size_t i = 0; i < num_; ++i) step[i] = log_most_times_[i] / (kTimesLookedAt - 1);
  for (int place = 0; place < kTimesLookedAt; ++place) {
    for (std::size_t i = 0; i < num_; ++i) at[i] = place * step[i];
    evaluate(at);
    for (std::size_t i = 0; i < num_; ++i)
      if (slopes_.log_L[i] < least[i]) least[i] = slopes_.log_L[i], best[i] = at[i];
  }
  std::vector<double> lower(num_), upper(num_);
  for (std::size_t i = 0; i < num_; ++i) {
    lower[i] = std::max(best[i] - step[i], 0.0);
    upper[i] = std::min(best[i] + step[i], (kTimesLookedAt - 1) * step[i]);
  }
  std::vector<double> out = lockstep_roots(lower, upper, [&](const auto& x, auto& slope) {
    evaluate(x);
    for (std::size_t i = 0; i < num_; ++i)
      slope[i] = slopes_.by_log_D[i] - (log_N_[i] < log_max_params_ ? slopes_.by_log_N[i] : 0);
  });
  for (std::size_t i = 0; i < num_; ++i)
    if (std::isnan(out[i])) out[i] = best[i];
  return out;
}

const std::vector<CorpusPlan>& CorpusSearch::at(double real, const std::vector<double>& log_G,
                                                const std::vector<double>& log_w) {
  set_corpora(real, log_G, log_w);
  const std::vector<double> log_times =
      terms_.weighing == Weighing::once ? std::vector<double>(num_, 0) : best_times();
  evaluate(log_times);
  for (std::size_t i = 0; i < num_; ++i) {
    const double times = isoloss::exp(log_times[i]);
    if (terms_.weighing == Weighing::by_generation)
      plans_[i].real = std::min((times - 1) * plans_[i].generated, real);
    else
      plans_[i].passes = times;
    plans_[i].log_N = log_N_[i];
    plans_[i].log_L = slopes_.log_L[i];
  }
  return plans_;
}

std::vector<CorpusPlan> CorpusSearch::best(double real, const std::vector<double>& log_least,
                                           const std::vector<double>& log_w) {
  const LeastOfRows found = lockstep_least(log_least, std::vector<double>(num_, log_most()),
                                           kCorporaLookedAt, [&](const auto& log_G, auto& out) {
                                             at(real, log_G, log_w);
                                             for (std::size_t i = 0; i < num_; ++i)
                                               out[i] = plans_[i].log_L;
                                           });
  return at(real, found.x, log_w);
}

std::vector<double> CorpusSearch::log_worth_at(double real, const std::vector<double>& log_G,
                                               const std::vector<double>& log_loss) {
  const auto excess = [&](const std::vector<double>& log_w, std::vector<double>& out) {
    at(real, log_G, log_w);
    for (std::size_t i = 0; i < num_; ++i) out[i] = plans_[i].log_L - log_loss[i];
  };
  const std::vector<double> lower(num_, -kLogWorthRange), upper(num_, kLogWorthRange);
  std::vector<double> out = lockstep_roots(lower, upper, excess);
  if (std::none_of(out.begin(), out.end(), [](double own) { return std::isnan(own); })) return out;
  std::vector<double> at_lower(num_);
  excess(lower, at_lower);
  for (std::size_t i = 0; i < num_; ++i)
    if (std::isnan(out[i])) out[i] = at_lower[i] <= 0 ? -kLogWorthRange : INFINITY;
  return out;
}

std::vector<double> CorpusSearch::log_worth_to_reach(double real,
                                                     const std::vector<double>& log_least,
                                                     const std::vector<double>& log_loss) {
  std::vector<double> out =
      lockstep_least(
          log_least, std::vector<double>(num_, log_most()), kCorporaOfWorth,
          [&](const auto& log_G, auto& worth) { worth = log_worth_at(real, log_G, log_loss); },
          kStepsOfWorth)
          .y;
  for (double& own : out)
    if (std::isnan(own)) own = INFINITY;
  return out;
}

}  // namespace isoloss
