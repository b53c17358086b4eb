// What `isoloss optimum` is asked, from what was typed.

#include "host/commands/optimum_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// What no budget and no demand is: a sign of another unit.
constexpr double kLeastFlops = 1e9;
constexpr double kMostTokens = 1e18;

std::vector<double> positive_numbers(const char* flag, const std::vector<std::string>& texts) {
  std::vector<double> out;
  for (const std::string& text : texts) out.push_back(positive_number(flag, text));
  return out;
}

std::vector<double> budgets(const std::vector<std::string>& texts, bool is_money) {
  if (is_money) return positive_numbers("--compute", texts);
  std::vector<double> out;
  for (const std::string& text : texts) out.push_back(budget_flops(text));
  return out;
}

// No demand is a demand too.
double tokens_served(const char* flag, const std::string& text) {
  return text == "0" ? 0 : demand_tokens(flag, text);
}

// "30%" or "0.3".
double share(const std::string& text) {
  const bool is_percent = text.ends_with('%');
  const double value =
      positive_number("--overhead", is_percent ? text.substr(0, text.size() - 1) : text);
  if (!is_percent && value >= 1)
    refuse(fmt::format("--overhead {} is {:.0f}% more", printable(text), 100 * value),
           "write it with %, or as a share below 1");
  return is_percent ? value / 100 : value;
}

void require_share(const char* flag, double value) {
  if (!(value > 0 && value <= 1))
    refuse(fmt::format("{} {:g} is no share of the peak", flag, value), "write 0.4 for 40 %");
}

// Of a FLOP: from the price of an hour of hardware of this peak, else from that of 1e18 FLOP.
double flop_price(const char* flag, const std::string& price, const std::string& peak) {
  constexpr double kFlopsPriced = 1e18;
  const double value = positive_number(flag, price);
  return peak.empty() ? value / kFlopsPriced
                      : price_of_flop(value, positive_number("--train-peak", peak));
}

Prices prices_of(const OptimumFlags& flags) {
  Prices out = flags.prices;
  require_share("--train-utilisation", out.train_utilisation);
  require_share("--input-utilisation", out.input_utilisation);
  require_share("--output-utilisation", out.output_utilisation);
  require(out.serving_factor > 0, "--serving-factor must be above 0",
          "0.5 where a quantised model is served twice as fast");
  out.is_money = !flags.train_price.empty() || !flags.serve_price.empty();
  if (!out.is_money) return out;
  require(!flags.train_price.empty(), "serving has a price and training none",
          "give --train-price too");
  const std::string& serve_price =
      flags.serve_price.empty() ? flags.train_price : flags.serve_price;
  const std::string& serve_peak = flags.serve_peak.empty() ? flags.train_peak : flags.serve_peak;
  out.train_price = flop_price("--train-price", flags.train_price, flags.train_peak);
  out.serve_price = flop_price("--serve-price", serve_price, serve_peak);
  return out;
}

// From no demand to a quadrillion tokens.
std::vector<Demand> demand_sweep() {
  std::vector<Demand> out{{}};
  for (double tokens = 1e10; tokens < 2e15; tokens *= 10) out.push_back({tokens, 0});
  return out;
}

std::vector<Demand> demands_of(const OptimumFlags& flags) {
  if (!flags.requests.empty()) {
    if (!flags.served.empty()) refuse("demand is given twice", "--inference-tokens or --requests");
    if (flags.input_tokens.empty() || flags.output_tokens.empty())
      refuse("--requests needs the tokens of one", "give --input-tokens 70 --output-tokens 215");
    const double requests = positive_number("--requests", flags.requests);
    return {{requests * tokens_served("--input-tokens", flags.input_tokens),
             requests * tokens_served("--output-tokens", flags.output_tokens)}};
  }
  if (flags.served == std::vector<std::string>{"sweep"}) return demand_sweep();
  std::vector<Demand> out;
  for (const std::string& text : flags.served)
    out.push_back({tokens_served("--inference-tokens", text), 0});
  return out;
}

// Exactly one of the ways to name a size of run, or none.
struct Named {
  Given given = Given::cost;
  std::vector<double> values;
};

Named named(const OptimumFlags& flags, bool is_money) {
  std::vector<Named> out;
  if (!flags.law.fit.budgets.compute.empty())
    out.push_back({Given::cost, budgets(flags.law.fit.budgets.compute, is_money)});
  if (!flags.params.empty())
    out.push_back({Given::params, positive_numbers("--params", flags.params)});
  if (!flags.tokens.empty())
    out.push_back({Given::tokens, positive_numbers("--tokens", flags.tokens)});
  if (!flags.loss.empty()) out.push_back({Given::loss, positive_numbers("--loss", flags.loss)});
  if (!flags.quality_of.empty())
    out.push_back({Given::params, {positive_number("--quality-of", flags.quality_of)}});
  if (out.size() > 1)
    refuse("the run is named twice",
           "give one of --compute, --params, --tokens, --loss and --quality-of");
  return out.empty() ? Named{} : out.front();
}

// --params and --tokens together: models, one number of tokens standing for all or the other way.
std::vector<Model> models_of(const OptimumFlags& flags) {
  if (flags.params.empty() || flags.tokens.empty()) return {};
  if (!flags.law.fit.budgets.compute.empty() || !flags.loss.empty() || !flags.quality_of.empty())
    refuse("--params with --tokens is a model already", "leave out budgets and losses");
  const std::vector<double> N = positive_numbers("--params", flags.params);
  const std::vector<double> D = positive_numbers("--tokens", flags.tokens);
  if (N.size() != D.size() && N.size() != 1 && D.size() != 1)
    refuse(fmt::format("{} sizes and {} numbers of tokens", N.size(), D.size()),
           "give as many of each, or one of either");
  std::vector<Model> out(std::max(N.size(), D.size()));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = {N[N.size() == 1 ? 0 : i], D[D.size() == 1 ? 0 : i]};
  return out;
}

Quality quality_of(const Named& name, const char* question) {
  require(name.values.size() < 2, fmt::format("{} is of one thing to reach at a time", question),
          "give one budget, loss or size");
  if (name.values.size() != 1 || name.given == Given::tokens)
    refuse(fmt::format("{} needs one thing to reach", question),
           "give --loss 2.1, --quality-of 13B, or --compute 1e24 for a budget");
  return {name.given, name.values[0]};
}

std::vector<double> bits_of(const OptimumFlags& flags) {
  const std::vector<double> out = chosen_bits(flags.choose_bits, flags.limits);
  if (!out.empty() && flags.prices.serving_factor != 1)
    refuse("--choose-bits says what a served FLOP costs", "leave out --serving-factor");
  return out;
}

// Flags that change nothing are a mistake.
void require_effect(const OptimumFlags& flags) {
  const bool has_peak = !flags.train_peak.empty() || !flags.serve_peak.empty();
  if (has_peak && flags.train_price.empty())
    refuse("a peak without a price", "give --train-price 2.5, of an hour");
  if (flags.prices.output_utilisation != 1 && flags.requests.empty())
    refuse("--inference-tokens does not tell written tokens from read ones",
           "with --output-utilisation give --requests, --input-tokens and --output-tokens");
  if (flags.requests.empty() && (!flags.input_tokens.empty() || !flags.output_tokens.empty()))
    refuse("tokens of a request without --requests", "give --requests 1e9");
}

}  // namespace

void require_budget(const std::string& text, double flops) {
  if (flops < kLeastFlops)
    refuse(fmt::format("--compute {} is no training budget", printable(text)),
           "it is in FLOP: a day of 1e15 FLOP a second is 8.64e19");
}

void require_tokens(const char* flag, const std::string& text, double tokens) {
  if (tokens > kMostTokens)
    refuse(fmt::format("{} {} is more than all text", flag, printable(text)),
           "it is in tokens, not in FLOP");
}

double budget_flops(const std::string& text) {
  const double out = positive_number("--compute", text);
  require_budget(text, out);
  return out;
}

double demand_tokens(const char* flag, const std::string& text) {
  const double out = positive_number(flag, text);
  require_tokens(flag, text, out);
  return out;
}

PairQuestion pair_question(const OptimumFlags& flags) {
  const CommandLine& line = *flags.law.line;
  for (const char* flag : {"--params", "--tokens", "--loss", "--quality-of", "--overhead",
                           "--compute-from", "--unique-tokens"})
    require(!line.given(flag), std::string(flag) + " is no question of --compute-formula",
            "give --compute, and hold what is neither of the two with --input");
  for (const char* group : {kServingGroup, kLimitsGroup})
    for (const std::string& flag : line.given_in(group))
      refuse(flag + " is no question of --compute-formula", "it is of params and tokens");
  PairQuestion out;
  out.cost = flags.compute_formula;
  out.held = held_inputs(flags.law, {});
  out.budgets = positive_numbers("--compute", flags.law.fit.budgets.compute);
  out.num_threads = flags.law.fit.running.num_threads;
  require(!out.budgets.empty(), "for which budget?", "give --compute 1e21");
  return out;
}

OptimumQuestion optimum_question(const OptimumFlags& flags, const FittedLaw& law) {
  require_effect(flags);
  OptimumQuestion out;
  hold_inputs(flags.law, law, out.plans);
  out.bits = bits_of(flags);
  const AskedLimits fits = asked_limits(flags.limits, law.law, !out.bits.empty());
  out.plans.limits.max_params = fits.limits.max_params;
  out.decoding = fits.decoding;
  out.device = fits.device;
  out.has_recorded_cost = !flags.compute_from.empty();
  out.prices = prices_of(flags);
  out.models = models_of(flags);
  const Named name = out.models.empty() ? named(flags, out.prices.is_money) : Named{};
  out.demands = demands_of(flags);
  for (const std::string& text : flags.overhead) out.overheads.push_back(share(text));
  const bool has_question = !out.demands.empty() || !out.overheads.empty();
  if (!flags.quality_of.empty() && !has_question) out.demands = {{}};
  if (!out.demands.empty() && !out.overheads.empty())
    refuse("--overhead and serving are two questions", "ask one at a time");
  if (!out.demands.empty()) {
    out.kind = QuestionKind::serving;
    if (flags.thinking.target.empty()) out.quality = quality_of(name, "serving");
  } else if (!out.overheads.empty()) {
    out.kind = QuestionKind::overhead;
    out.quality = quality_of(name, "--overhead");
  } else if (!out.models.empty()) {
    out.kind = QuestionKind::models;
  } else {
    require(!out.prices.are_given(), "prices without demand",
            "give --inference-tokens or --requests");
    out.given = name.given;
    out.values = name.values;
  }
  return out;
}

}  // namespace isoloss
