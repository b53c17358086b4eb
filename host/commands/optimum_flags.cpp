#include "host/commands/optimum_flags.h"

namespace isoloss {

void add_optimum_flags(CLI::App& command, OptimumFlags& flags) {
  add_law_flags(command, flags);
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* what,
                        const char* type, const char* group) {
    command.add_option(name, to, what)->delimiter(',')->type_name(type)->group(group);
  };
  const auto text = [&](const char* name, std::string& to, const char* what, const char* type,
                        const char* group) {
    command.add_option(name, to, what)->type_name(type)->group(group);
  };
  const auto number = [&](const char* name, double& to, const char* what, const char* group) {
    command.add_option(name, to, what)->capture_default_str()->type_name("X")->group(group);
  };
  const char* what = "What is asked";
  list("--params", flags.params, "The budgets at which models of these sizes are optimal",
       "N[,N...]", what);
  list("--tokens", flags.tokens,
       "The budgets at which so many tokens are optimal; with --params: models that are judged",
       "D[,D...]", what);
  list("--loss", flags.loss, "The least budgets that reach these losses, nats per token",
       "L[,L...]", what);
  text("--quality-of", flags.quality_of, "Reach the loss of the compute-optimal model of this size",
       "N", what);
  list("--overhead", flags.overhead,
       "How small a model may be for so much more compute: 10%,30%,100%", "SHARE[,...]", what);
  command.add_flag("--list", flags.list, "List the recipes of the literature")->group(what);
  text("--json", flags.json_path, "Write the report as JSON; - is standard output", "FILE", what);

  const char* serving = "Serving";
  list("--inference-tokens", flags.served,
       "Tokens that the model will read and write over its life, in all; sweep: from 0 to 1e15",
       "T[,T...]", serving);
  text("--requests", flags.requests, "Or so many requests of --input-tokens and --output-tokens",
       "R", serving);
  text("--input-tokens", flags.input_tokens, "Tokens read for a request", "T", serving);
  text("--output-tokens", flags.output_tokens, "Tokens written for a request", "T", serving);
  number("--train-utilisation", flags.prices.train_utilisation, "Share of the peak in training",
         serving);
  number("--input-utilisation", flags.prices.input_utilisation, "The same in reading tokens",
         serving);
  number("--output-utilisation", flags.prices.output_utilisation, "The same in writing tokens",
         serving);
  number("--serving-factor", flags.prices.serving_factor,
         "What a served FLOP costs of one: 0.5 for a model served in 8 bits", serving);
  text("--train-price", flags.train_price,
       "Of an hour of hardware that trains, with --train-peak; else of 1e18 FLOP of it", "PRICE",
       serving);
  text("--train-peak", flags.train_peak, "Its peak, FLOP a second: 989e12", "FLOP/S", serving);
  text("--serve-price", flags.serve_price, "The same of hardware that serves; else as training",
       "PRICE", serving);
  text("--serve-peak", flags.serve_peak, "Its peak; else as training", "FLOP/S", serving);

  const char* limits = "Limits";
  text("--max-params", flags.max_params, "The largest model that may be", "N", limits);
  text("--memory", flags.memory, "The largest whose weights fit: 24GB, with --bits", "BYTES",
       limits);
  number("--bits", flags.bits, "Bits of a weight when served", limits);
}

}  // namespace isoloss
