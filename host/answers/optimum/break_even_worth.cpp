#include "host/answers/optimum/break_even_worth.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/row_parts.h"

namespace isoloss {
namespace {

constexpr double kLogThousandth = -6.907755278982137;  // of the stock, or of what is trained on
constexpr double kLogLeastWorth = -19.9;               // less is nothing

// Slopes of log L by log U, a central difference.
std::vector<double> by_log_unique(LossSurface& surface, const std::vector<double>& log_N,
                                  const std::vector<double>& log_D, double unique) {
  constexpr double kUniqueStep = 1e-4;
  Slopes more, less;
  surface.hold(kUniqueTokens,
               std::vector<double>(log_N.size(), unique * isoloss::exp(kUniqueStep)));
  surface.evaluate(log_N, log_D, more);
  surface.hold(kUniqueTokens,
               std::vector<double>(log_N.size(), unique * isoloss::exp(-kUniqueStep)));
  surface.evaluate(log_N, log_D, less);
  std::vector<double> out(log_N.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = (more.log_L[i] - less.log_L[i]) / (2 * kUniqueStep);
  return out;
}

// Of some rows.
class BreakEvenWorth {
 public:
  BreakEvenWorth(LossSurface surface, const CorpusTerms& terms, std::vector<CorpusPlan> without)
      : surface_(surface),
        search_(std::move(surface), terms),
        terms_(terms),
        without_(std::move(without)) {}

  std::vector<double> worths() {
    std::vector<double> out = of_first();
    std::vector<double> log_loss, beside, instead;
    for (const CorpusPlan& own : without_) {
      log_loss.push_back(own.log_L);
      beside.push_back(begin_at(terms_.real_tokens));
      instead.push_back(begin_at(own.trained()));
    }
    take_less(search_.log_worth_to_reach(terms_.real_tokens, beside, log_loss), out);
    // In place of real tokens only what is worth more than one pays.
    if (std::any_of(out.begin(), out.end(), [](double own) { return own > 1; }))
      take_less(search_.log_worth_to_reach(0, instead, log_loss), out);
    for (std::size_t i = 0; i < out.size(); ++i)
      if (without_[i].is_none()) out[i] = NAN;
    return out;
  }

 private:
  double begin_at(double tokens) const {
    return std::min(isoloss::log(tokens) + kLogThousandth, search_.log_most() - 1);
  }

  // Where not all real tokens are trained on, the first generated one has nothing to add.
  std::vector<double> of_first() {
    const double dearer = 1 + terms_.generation * terms_.real_tokens / terms_.budget;
    std::vector<double> log_N, log_D;
    for (const CorpusPlan& own : without_) {
      log_N.push_back(own.log_N);
      log_D.push_back(isoloss::log(own.trained()));
    }
    Slopes slopes;
    surface_.evaluate(log_N, log_D, slopes);
    std::vector<double> by_log_U(log_N.size(), 0);
    const bool repeats = terms_.weighing == Weighing::repeated;
    if (repeats) by_log_U = by_log_unique(surface_, log_N, log_D, terms_.real_tokens);
    std::vector<double> out(log_N.size(), INFINITY);
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (without_[i].trained() < terms_.real_tokens * (1 - kLevel)) continue;
      const double cost = repeats ? slopes.by_log_D[i] : slopes.by_log_N[i];
      const double own = dearer * cost / (slopes.by_log_D[i] + by_log_U[i]);
      if (own >= 0) out[i] = own;
    }
    return out;
  }

  static void take_less(const std::vector<double>& log_worth, std::vector<double>& out) {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = std::min(out[i], log_worth[i] < kLogLeastWorth ? 0 : isoloss::exp(log_worth[i]));
  }

  LossSurface surface_;
  CorpusSearch search_;
  CorpusTerms terms_;
  std::vector<CorpusPlan> without_;
};

}  // namespace

std::vector<double> break_even_worths(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                      const CorpusTerms& terms,
                                      const std::vector<CorpusPlan>& without, int num_threads) {
  std::vector<double> out(thetas.size());
  in_parts(thetas.size(), num_threads, [&](std::size_t begin, std::size_t end) {
    const auto at = [&](std::size_t i) { return without.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::vector<double> own =
        BreakEvenWorth(LossSurface(law, thetas, begin, end), terms, {at(begin), at(end)}).worths();
    std::copy(own.begin(), own.end(), out.begin() + static_cast<std::ptrdiff_t>(begin));
  });
  return out;
}

}  // namespace isoloss
