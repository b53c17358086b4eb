#include "host/answers/optimum/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/break_even_worth.h"
#include "host/answers/optimum/corpus_search.h"
#include "host/answers/optimum/draws_without.h"
#include "host/answers/optimum/row_parts.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/fit/extrapolation_warning.h"

namespace isoloss {
namespace {

// Which random number the worth has; those before it are of host/answers/forecast/sample_paths.cpp.
constexpr std::uint32_t kWorthAssumption = 5;
constexpr double kLogMillionth = -13.815510557964274;  // of the stock: fewer tokens are none
constexpr int kCurvePlaces = 97;
constexpr double kMostLossShown = 1.05;  // of that without, on a curve

Weighing weighing_of(const LawEntry& law) {
  if (law.reads(kSyntheticTokens)) return Weighing::by_generation;
  return law.reads(Input::U) ? Weighing::repeated : Weighing::once;
}

// One law, its draws and what a generated token is worth under each.
class SyntheticPlanner {
 public:
  SyntheticPlanner(const FittedLaw& law, const SyntheticQuestion& question)
      : law_(law),
        question_(question),
        options_(question.plans),
        thetas_(law.thetas),
        weighing_(weighing_of(law.law)) {
    if (weighing_ == Weighing::repeated)
      options_.held[kUniqueTokens] = question.real_tokens;
    else
      options_.limits.max_tokens = question.real_tokens;
    if (weighing_ == Weighing::by_generation) options_.held[kSyntheticTokens] = 0;
    const Uncertain worth = question.worth.value_or(Uncertain{});
    if (!law.has_draws() && worth.range)
      thetas_.resize(1 + static_cast<std::size_t>(question.num_samples), law.thetas[0]);
    log_w_.push_back(worth.log_at(0));
    for (std::size_t i = 1; i < thetas_.size(); ++i)
      log_w_.push_back(worth.log_at(normal_deviate(question.seed, i - 1, kWorthAssumption)));
    program_.emplace(law.law, options_.held, law.flops_per_token_param);
  }

  Weighing weighing() const { return weighing_; }
  SyntheticAnswer answer(double budget) const;

 private:
  CorpusTerms terms_at(double budget) const {
    return {budget,
            law_.flops_per_token_param,
            question_.generation,
            question_.real_tokens,
            options_.limits.max_params,
            weighing_};
  }
  // Plans that generate nothing, a row each.
  std::vector<CorpusPlan> without(const CorpusTerms& terms) const;
  // The best plans.
  std::vector<CorpusPlan> best(const CorpusTerms& terms,
                               const std::vector<CorpusPlan>& without) const;
  // Of some rows, those that generated tokens beside so many real ones better.
  void improve(const CorpusTerms& terms, double real, const std::vector<std::size_t>& rows,
               std::vector<CorpusPlan>& plans) const;
  // Samples of the worth do not move it: of the draws alone.
  Estimate break_even(const CorpusTerms& terms, const std::vector<CorpusPlan>& without) const;
  void add_curve(const CorpusTerms& terms, const CorpusPlan& best, SyntheticAnswer& out) const;

  // Samples that are all the same have no interval.
  template <class Of>
  Estimate estimate(const std::vector<CorpusPlan>& plans, Of&& of) const {
    Estimate out = estimate_of(plans.size(), law_.confidence, [&](std::size_t i) {
      return plans[i].is_none() ? NAN : of(plans[i]);
    });
    if (!law_.has_draws() && out.interval && out.interval->lower == out.interval->upper)
      out.interval.reset(), out.standard_error.reset();
    return out;
  }

  const FittedLaw& law_;
  const SyntheticQuestion& question_;
  PlanOptions options_;
  std::vector<Theta> thetas_;
  std::vector<double> log_w_;
  Weighing weighing_;
  std::optional<SurfaceProgram> program_;
};

std::vector<CorpusPlan> SyntheticPlanner::without(const CorpusTerms& terms) const {
  const Cost training{terms.training, 0};
  const std::vector<Plan> found =
      plans(*program_, thetas_, training, options_.limits, Given::cost,
            std::vector<double>(thetas_.size(), terms.budget), options_.num_threads);
  std::vector<CorpusPlan> out(found.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double D = found[i].D();
    out[i].real = std::min(D, terms.real_tokens);
    out[i].passes = std::max(1.0, D / terms.real_tokens);
    out[i].log_N = found[i].log_N;
    out[i].log_L = found[i].log_L;
  }
  // The largest model sees every token, and FLOP are left over.
  if (weighing_ == Weighing::repeated ||
      !(training(terms.max_params, terms.real_tokens) < terms.budget))
    return out;
  const std::size_t num = out.size();
  LossSurface surface(*program_, thetas_, 0, num);
  Slopes slopes;
  const double log_N = isoloss::log(terms.max_params);
  surface.evaluate(std::vector<double>(num, log_N),
                   std::vector<double>(num, isoloss::log(terms.real_tokens)), slopes);
  for (std::size_t i = 0; i < num; ++i) out[i] = {terms.real_tokens, 0, 1, log_N, slopes.log_L[i]};
  return out;
}

// Beside all real tokens and, where one is worth more than those, in place of them.
std::vector<CorpusPlan> SyntheticPlanner::best(const CorpusTerms& terms,
                                               const std::vector<CorpusPlan>& without) const {
  std::vector<CorpusPlan> out = without;
  std::vector<std::size_t> all(out.size()), dear;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
    if (log_w_[i] > 0) dear.push_back(i);
  }
  improve(terms, terms.real_tokens, all, out);
  improve(terms, 0, dear, out);
  return out;
}

void SyntheticPlanner::improve(const CorpusTerms& terms, double real,
                               const std::vector<std::size_t>& rows,
                               std::vector<CorpusPlan>& plans) const {
  std::vector<Theta> thetas;
  thetas.reserve(rows.size());
  for (const std::size_t row : rows) thetas.push_back(thetas_[row]);
  in_parts(rows.size(), options_.num_threads, [&](std::size_t begin, std::size_t end) {
    CorpusSearch search(LossSurface(*program_, thetas, begin, end), terms);
    std::vector<double> log_w, log_least;
    for (std::size_t k = begin; k < end; ++k) {
      const double tokens = real > 0 ? real : plans[rows[k]].trained();
      log_w.push_back(log_w_[rows[k]]);
      log_least.push_back(std::min(isoloss::log(tokens) + kLogMillionth, search.log_most() - 1));
    }
    const std::vector<CorpusPlan> own = search.best(real, log_least, log_w);
    for (std::size_t k = begin; k < end; ++k)
      if (own[k - begin].log_L < plans[rows[k]].log_L - kLevel) plans[rows[k]] = own[k - begin];
  });
}

void SyntheticPlanner::add_curve(const CorpusTerms& terms, const CorpusPlan& best,
                                 SyntheticAnswer& out) const {
  CorpusSearch search(LossSurface(*program_, thetas_, 0, 1), terms);
  const double most = search.log_most();
  const double least = std::min(isoloss::log(terms.real_tokens) + 0.5 * kLogMillionth, most - 1);
  const bool takes_none = best.generated > 0 && best.real == 0;
  const double real = takes_none ? 0 : terms.real_tokens;
  for (int place = 0; place < kCurvePlaces; ++place) {
    const double log_G = least + place * (most - least) / (kCurvePlaces - 1);
    const CorpusPlan own = search.at(real, {log_G}, {log_w_[0]})[0];
    if (!(own.L() < kMostLossShown * out.without.loss.value)) continue;
    out.curve_generated.push_back(own.generated);
    out.curve_loss.push_back(own.L());
  }
}

Estimate SyntheticPlanner::break_even(const CorpusTerms& terms,
                                      const std::vector<CorpusPlan>& without) const {
  const std::vector<double> worths =
      break_even_worths(*program_, law_.thetas, terms, without, options_.num_threads);
  return estimate_of(worths.size(), law_.confidence, [&](std::size_t i) { return worths[i]; });
}

SyntheticAnswer SyntheticPlanner::answer(double budget) const {
  const CorpusTerms terms = terms_at(budget);
  const std::vector<CorpusPlan> none = without(terms);
  const std::vector<CorpusPlan> found = best(terms, none);
  SyntheticAnswer out;
  out.budget = budget;
  const auto N = [](const CorpusPlan& own) { return own.N(); };
  const auto trained = [](const CorpusPlan& own) { return own.trained(); };
  const auto loss = [](const CorpusPlan& own) { return own.L(); };
  out.N = estimate(found, N);
  out.trained = estimate(found, trained);
  out.real = estimate(found, [](const CorpusPlan& own) { return own.real; });
  out.generated = estimate(found, [](const CorpusPlan& own) { return own.generated; });
  out.passes = estimate(found, [](const CorpusPlan& own) { return own.passes; });
  out.loss = estimate(found, loss);
  out.share = estimate(
      found, [&](const CorpusPlan& own) { return terms.generation * own.generated / budget; });
  out.without = {estimate(none, N), estimate(none, trained), estimate(none, loss)};
  if (weighing_ != Weighing::by_generation) out.break_even = break_even(terms, none);
  if (found[0].is_none())
    out.end = PlanEnd::none;
  else if (found[0].N() >= terms.max_params * (1 - kLevel))
    out.end = PlanEnd::at_max_params;
  const auto has_none = [](const CorpusPlan& own) { return own.is_none(); };
  out.share_without = share_without(found, has_none);
  if (found.size() > 1)
    out.share_paying =
        share_without(found, [](const CorpusPlan& own) { return own.generated > 0; });
  if (law_.largest_flops)
    out.extrapolation = terms.training * out.N.value * out.trained.value / *law_.largest_flops;
  if (!found[0].is_none()) add_curve(terms, found[0], out);
  return out;
}

void add_synthetic_warnings(Synthetic& to) {
  double farthest = 1;
  for (const SyntheticAnswer& own : to.answers)
    if (own.extrapolation) farthest = std::fmax(farthest, *own.extrapolation);
  if (const auto own = extrapolation_warning(farthest)) to.warnings.push_back(*own);
  if (const auto own = draws_without_warning(to.answers)) to.warnings.push_back(*own);
  if (to.outcome() == Outcome::none) to.warnings.push_back(warning<"no_optimum">());
}

void require_worth(const LawEntry& law, const std::optional<Uncertain>& worth) {
  if (weighing_of(law) == Weighing::by_generation) {
    require(!law.reads(Input::U), law.name + " reads unique tokens and generated ones",
            "take a law that reads one of them");
    require(
        !worth,
        fmt::format("{} reads {}: what they are worth is in the law", law.name, kSyntheticTokens),
        "leave out ``synthetic-worth``");
    return;
  }
  require(worth.has_value(), "what is a generated token worth of a real one?",
          "give ``synthetic-worth`` 0.3, or 0.3:0.1..0.6 with the range that holds it 90% of the "
          "time");
  const double most = worth->range ? worth->range->upper : worth->value;
  require(most <= kMostWorth,
          fmt::format("``synthetic-worth``: no token is worth {:g} real ones", most),
          "1 is as good as a real one, 0.3 a third of it");
}

void require_sense(const SyntheticQuestion& question) {
  require(question.generation >= 0, "``synthetic-cost`` is below 0", "it is in FLOP a token");
  require(question.real_tokens > 0, "``unique-tokens`` are not above 0",
          "say how many real tokens there are");
  require(!question.budgets.empty(), "for which budget?", "give ``compute`` 1e24");
  require(!question.plans.training, "generated tokens are weighed against k N D of training",
          "leave out ``compute-from``");
}

}  // namespace

Outcome Synthetic::outcome() const {
  const auto is_none = [](const SyntheticAnswer& own) { return own.end == PlanEnd::none; };
  return std::any_of(answers.begin(), answers.end(), is_none) ? Outcome::none : outcome_of(status);
}

Synthetic synthetic(const FittedLaw& law, const SyntheticQuestion& question) {
  Synthetic out{question, {}, {}, law.status, law.warnings};
  if (question.budgets.empty()) out.question.budgets = law.default_budgets();
  require_worth(law.law, question.worth);
  require_sense(out.question);
  const SyntheticPlanner planner(law, out.question);
  out.weighing = planner.weighing();
  for (const double budget : out.question.budgets) out.answers.push_back(planner.answer(budget));
  add_synthetic_warnings(out);
  return out;
}

}  // namespace isoloss
