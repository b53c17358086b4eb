#include "host/commands/forecast_flags.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/flag_group.h"

namespace isoloss {
namespace {

constexpr const char* kGrowthHint =
    "no growth is assumed for you: --growth 4x/year, or --growth 4x/year:3x..5x with the range "
    "that "
    "holds it 90% of the time";

Uncertain start_budget(const ForecastFlags& flags) {
  if (flags.law.fit.budgets.compute.size() != 1)
    refuse(flags.law.fit.budgets.compute.empty() ? "from which budget on?"
                                                 : "--compute names more than one budget",
           "give what one run of the first year costs, in FLOP: --compute 5.76e23");
  const Uncertain out = parse_amount("--compute", flags.law.fit.budgets.compute[0]);
  require_budget(flags.law.fit.budgets.compute[0], out.value);
  return out;
}

Uncertain stock_of(const std::string& text) {
  const Uncertain out = parse_amount("--unique-tokens", text);
  require_tokens("--unique-tokens", text, out.value);
  return out;
}

void require_one_worth(const ForecastFlags& flags) {
  if (!flags.efficiency.empty() && !(flags.hardware.empty() && flags.algorithms.empty()))
    refuse("--efficiency is hardware and algorithms together",
           "give it alone, or its parts --hardware and --algorithms");
}

}  // namespace

Assumptions assumptions_of(const ForecastFlags& flags) {
  Assumptions out;
  out.compute = start_budget(flags);
  if (flags.growth.empty()) refuse("how fast does compute grow?", kGrowthHint);
  const auto growths = [&](const char* flag, const std::string& text) {
    return parse_growths(flag, text, flags.from.value_or(0));
  };
  out.growth = growths("--growth", flags.growth);
  require_one_worth(flags);
  if (!flags.efficiency.empty()) out.efficiency = growths("--efficiency", flags.efficiency);
  if (!flags.hardware.empty()) out.hardware = growths("--hardware", flags.hardware);
  if (!flags.algorithms.empty()) out.algorithms = growths("--algorithms", flags.algorithms);
  if (!flags.law.unique_tokens.empty()) out.unique_tokens = stock_of(flags.law.unique_tokens);
  if (!flags.data_growth.empty()) {
    if (!out.unique_tokens)
      refuse("--data-growth of which stock?",
             "give the tokens of the first year: "
             "--unique-tokens 300T");
    out.data_growth = growths("--data-growth", flags.data_growth);
  }
  if (!flags.years) refuse("how many years?", "give --years 5");
  out.num_years = *flags.years;
  if (out.num_years < 1 || out.num_years > kMostYears)
    refuse(fmt::format("--years {} is not between 1 and {}", out.num_years, kMostYears),
           "no rate holds for longer");
  return out;
}

Sampling sampling_of(const ForecastFlags& flags, const FittedLaw& law) {
  Sampling out;
  out.seed = flags.law.fit.fitting.fit.seed;
  if (!flags.samples) return out;
  if (law.has_draws())
    refuse("--samples is for laws without draws",
           fmt::format("this one has {}, and each takes one sample of the assumptions",
                       law.thetas.size() - 1));
  out.num_samples = *flags.samples;
  constexpr int kFewest = 100, kMost = 1'000'000;
  if (out.num_samples < kFewest || out.num_samples > kMost)
    refuse(fmt::format("--samples must be {} to {}", kFewest, kMost), "");
  return out;
}

void ForecastFlags::add(CommandLine& line) {
  law.own.insert(law.own.end(), {"--seed", "--confidence"});
  law.add(line);
  add_assumed(line);
  add_asked(line);
  limits.add(line);
  line.json();
}

void ForecastFlags::add_assumed(CommandLine& line) {
  FlagGroup to{line.app(), "What is assumed"};
  const auto growth_of = [&](const char* flag, std::string& own, const char* what) {
    to.text(flag, own, what, "4x/year[:3x..5x][,YEAR=...]");
  };
  line.app()
      .get_option("--compute")
      ->description(
          "What one run of the first year costs, FLOP; behind a colon a range that holds "
          "it 90% of the time")
      ->type_name("C[:LOW..HIGH]")
      ->group(to.name);
  line.app()
      .get_option("--unique-tokens")
      ->description(
          "Tokens that there are in the first year; a law that reads them weighs their "
          "repetition too")
      ->type_name("U[:LOW..HIGH]")
      ->group(to.name);
  growth_of("--growth", growth,
            "Of compute: 4x/year, 1e6x/10years, 2x/6months; with a range; from a year on another");
  growth_of("--efficiency", efficiency,
            "Of what a FLOP is worth, hardware and algorithms: effective compute grows by the "
            "product");
  growth_of("--hardware", hardware,
            "In place of it, the parts: of the FLOP that the same money buys. Then --growth is of "
            "the spending");
  growth_of("--algorithms", algorithms, "Of what a FLOP is worth by better algorithms");
  growth_of("--data-growth", data_growth, "Of the unique tokens");
  line.app().add_option("--years", years, "How far ahead")->type_name("K")->group(to.name);
  line.app()
      .add_option("--from", from, "The first year: 2026; else years count from 0")
      ->type_name("YEAR")
      ->group(to.name);
  line.app()
      .add_option("--samples", samples,
                  fmt::format("Samples of the assumptions, for laws without draws; else {}",
                              Sampling{}.num_samples))
      ->type_name("S")
      ->group(to.name);
  line.input("--scenarios", scenarios,
             "Scenarios side by side: a table each, with what it assumes by these names, compute "
             "to data-growth; what it does not say is that of the flags")
      ->type_name("FILE.toml")
      ->group(to.name);
}

void ForecastFlags::add_asked(CommandLine& line) {
  FlagGroup to{line.app(), "What is asked"};
  to.list("--until", until,
          "The year in which it happens: loss=1.85, compute=1e29, params=10T, "
          "tokens-needed=100T or tokens-needed=stock",
          "WHAT=VALUE[,...]");
  to.list("--recipes", recipes, "What these recipes would train; isoloss optimum --list names them",
          "RECIPE[,...]");
  to.list("--choose-bits", choose_bits,
          "The best of these bits every year, of training and of serving, as the law reads them",
          "BITS[,BITS...]");
}

}  // namespace isoloss
