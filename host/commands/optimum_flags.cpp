#include "host/commands/optimum_flags.h"
#include "host/commands/flag_group.h"

namespace isoloss {
namespace {

constexpr const char* kAskedGroup = "What is asked";

}  // namespace

void OptimumFlags::add(CommandLine& line) {
  law.add(line);
  add_question(line);
  add_serving(line);
  thinking.add(line);
  limits.add(line);
  add_synthetic(line);
}

void OptimumFlags::add_question(CommandLine& line) {
  FlagGroup to{line.app(), kAskedGroup};
  to.list("--params", params, "The budgets at which models of these sizes are optimal", "N[,N...]");
  to.list("--tokens", tokens,
          "The budgets at which so many tokens are optimal; with --params: models that are judged",
          "D[,D...]");
  to.list("--loss", loss, "The least budgets that reach these losses, nats per token", "L[,L...]");
  to.text("--quality-of", quality_of, "Reach the loss of the compute-optimal model of this size",
          "N");
  to.list("--overhead", overhead, "How small a model may be for so much more compute: 10%,30%,100%",
          "SHARE[,...]");
  to.list("--choose-bits", choose_bits,
          "The best of these bits, of training and of serving, as the law reads them: 16,8,4",
          "BITS[,BITS...]");
  one_of(line.app()
             .add_option("--compute-from", compute_from,
                         "What training costs: k N^a D^b fitted to the recorded flops of the runs, "
                         "in place of k N D")
             ->group(kAskedGroup),
         {"flops"});
  to.text("--compute-formula", compute_formula,
          "What training costs by any two quantities of the law, the others held by --input: "
          "'72*depth*width^2*D'; the answer is the best pair of them at each --compute",
          "FORMULA");
  line.app().add_flag("--list", list, "List the recipes of the literature")->group(kAskedGroup);
  line.json()->group(kAskedGroup);
}

void OptimumFlags::add_serving(CommandLine& line) {
  FlagGroup to{line.app(), kServingGroup};
  to.list("--inference-tokens", served,
          "Tokens that the model will read and write over its life, in all; sweep: from 0 to 1e15",
          "T[,T...]");
  to.text("--requests", requests, "Or so many requests of --input-tokens and --output-tokens", "R");
  to.text("--input-tokens", input_tokens, "Tokens read for a request", "T");
  to.text("--output-tokens", output_tokens, "Tokens written for a request", "T");
  to.number("--train-utilisation", prices.train_utilisation, "Share of the peak in training");
  to.number("--input-utilisation", prices.input_utilisation, "The same in reading tokens");
  to.number("--output-utilisation", prices.output_utilisation, "The same in writing tokens");
  to.number("--serving-factor", prices.serving_factor,
            "What a served FLOP costs of one: 0.5 for a model served in 8 bits");
  to.text("--train-price", train_price,
          "Of an hour of hardware that trains, with --train-peak; else of 1e18 FLOP of it",
          "PRICE");
  to.text("--train-peak", train_peak, "Its peak, FLOP a second: 989e12", "FLOP/S");
  to.text("--serve-price", serve_price, "The same of hardware that serves; else as training",
          "PRICE");
  to.text("--serve-peak", serve_peak, "Its peak; else as training", "FLOP/S");
}

void OptimumFlags::add_synthetic(CommandLine& line) {
  FlagGroup to{line.app(), kSyntheticGroup};
  to.text("--synthetic-cost", synthetic_cost,
          "FLOP to generate a token, paid from --compute: 1.4e11, or 2*70B", "COST");
  to.text("--synthetic-worth", synthetic_worth,
          "Real tokens, of --unique-tokens, that a generated one is worth: 0.3; behind a colon a "
          "range that holds it 90% of the time",
          "W[:LOW..HIGH]");
}

}  // namespace isoloss
