#include "host/commands/thinking_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/optimum_flags.h"

namespace isoloss {
namespace {

constexpr double kMostSamples = 1e9;
constexpr double kMostSwept = 1024;

// Where the accuracy is a saved fit, its path.
std::string path_of_accuracy(const std::string& text) {
  return text.ends_with(".json") ? text : "";
}

// "80%" or "0.8".
double accuracy_asked(const std::string& text) {
  const char* flag = "--target-accuracy";
  const bool is_percent = text.ends_with('%');
  const double value =
      positive_number(flag, is_percent ? text.substr(0, text.size() - 1) : text, "write 80%");
  const double out = is_percent ? value / 100 : value;
  if (!(out < 1))
    refuse(fmt::format("{} {} is no share", flag, printable(text)),
           "above 0 and below 100%: 80%, or 0.8");
  return out;
}

// Ascending, each once.
std::vector<double> samples_asked(const std::vector<std::string>& texts) {
  const char* flag = "--samples-per-query";
  std::vector<double> out;
  if (texts == std::vector<std::string>{"sweep"})
    for (double own = 1; own <= kMostSwept; own *= 2) out.push_back(own);
  else
    for (const std::string& text : texts) {
      const double own = positive_number(flag, text, "write 1,4,16");
      if (own != std::floor(own) || own > kMostSamples)
        refuse(fmt::format("{} {} is no number of samples", flag, printable(text)), "1,4,16");
      out.push_back(own);
    }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void require_no_other(const CommandLine& line) {
  for (const char* flag : {"--params", "--tokens", "--compute", "--overhead", "--choose-bits",
                           "--compute-from", "--compute-formula"})
    if (line.given(flag))
      refuse(fmt::format("{} is no question of --samples-per-query", flag),
             "it asks what an accuracy costs: give --target-accuracy 80%, or --quality-of 13B");
}

void require_all(const OptimumFlags& flags) {
  require(!flags.thinking.accuracy.empty(), "how accurate is a model of which loss?",
          "give --accuracy '1/(1+exp(3*(loss-2.2)))', or a fit: --accuracy task.json");
  require(!flags.thinking.samples.empty(), "how many samples may a query have?",
          "give --samples-per-query 1,4,16, or sweep");
  require(!flags.served.empty() || !flags.requests.empty(), "how often is it asked?",
          "give --requests with --input-tokens and --output-tokens, or --inference-tokens");
  const int num_goals =
      !flags.thinking.target.empty() + !flags.quality_of.empty() + !flags.loss.empty();
  require(num_goals == 1, num_goals == 0 ? "how accurate?" : "the accuracy is named twice",
          "give one of --target-accuracy 80%, --quality-of 13B and --loss 2.1");
}

AccuracyOfLoss accuracy_of(const ThinkingFlags& flags) {
  AccuracyOfLoss out;
  if (const std::string path = path_of_accuracy(flags.accuracy); !path.empty())
    out.law = std::make_shared<const FittedLaw>(load_fit(path));
  else
    out.formula = flags.accuracy;
  if (!flags.exponent.empty()) out.exponent = positive_number("--sample-exponent", flags.exponent);
  return out;
}

double tokens_of_query(const char* flag, const std::string& text) {
  return text == "0" ? 0 : demand_tokens(flag, text);
}

}  // namespace

void ThinkingFlags::add(CommandLine& line) {
  CLI::App& app = line.app();
  CLI::Option* own = app.add_option(
      "--accuracy", accuracy,
      "Accuracy of one sample by the `loss`: '1/(1+exp(3*(loss-2.2)))', or by `loss` and "
      "`samples`; or a fit of accuracy_sigmoid or overtraining_error that was saved, of which the "
      "estimate is used");
  line.reads(own->type_name("FORMULA|FIT.json")->group(kThinkingGroup), path_of_accuracy);
  app.add_option("--target-accuracy", target,
                 "To reach with all samples of a query; or that of one sample of --quality-of")
      ->type_name("SHARE")
      ->group(kThinkingGroup);
  app.add_option("--samples-per-query", samples,
                 "Numbers of samples that are weighed, of which a verifier finds a right one: "
                 "1,4,16; sweep: 1, 2, 4 .. 1024")
      ->delimiter(',')
      ->type_name("K[,K...]")
      ->group(kThinkingGroup);
  app.add_option("--sample-exponent", exponent,
                 "What they gain: log accuracy of k samples ~ k^-B, unless the formula says it")
      ->type_name("B")
      ->group(kThinkingGroup);
}

ThinkingQuestion thinking_question(const OptimumFlags& flags, const FittedLaw& law) {
  require_no_other(*flags.law.line);
  require_all(flags);
  ThinkingQuestion out;
  out.serving = optimum_question(flags, law);
  out.accuracy = accuracy_of(flags.thinking);
  if (!flags.thinking.target.empty()) out.target = accuracy_asked(flags.thinking.target);
  out.samples = samples_asked(flags.thinking.samples);
  if (flags.requests.empty()) {
    for (const Demand& own : out.serving.demands) out.demands.push_back(own.tokens());
    return out;
  }
  out.query = Query{tokens_of_query("--input-tokens", flags.input_tokens),
                    tokens_of_query("--output-tokens", flags.output_tokens)};
  require(out.query->output_tokens > 0, "a sample writes nothing", "give --output-tokens 300");
  out.demands = {positive_number("--requests", flags.requests)};
  return out;
}

}  // namespace isoloss
