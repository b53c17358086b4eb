#include "host/answers/optimum/task_accuracy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/root.h"
#include "host/base/text.h"
#include "host/formula/parse.h"
#include "host/formula/write_graph.h"

namespace isoloss {
namespace {

constexpr int kLossesLookedAt = 257;
constexpr double kRoundingOfAccuracy = 1e-12;  // by which it may seem to rise
constexpr double kRoundingOfLoss = 1e-15;      // relative
constexpr const char* kLossName = "loss";
constexpr const char* kSamplesName = "samples";

double loss_at(const LossRange& range, int place) {
  return range.least + place * (range.most - range.least) / (kLossesLookedAt - 1);
}

// Of the laws of the catalogue it is told by their names, whatever the file calls its column; of
// any other by what it predicts.
bool is_told(const FittedLaw& law, const char* by_name, const char* other,
             const char* by_response) {
  if (law.law.name == by_name || law.law.name == other) return law.law.name == by_name;
  return law.response.find(by_response) != std::string::npos;
}
bool is_error_law(const FittedLaw& law) {
  return is_told(law, "overtraining_error", "accuracy_sigmoid", "error");
}
bool is_accuracy_law(const FittedLaw& law) {
  return is_told(law, "accuracy_sigmoid", "overtraining_error", "accuracy");
}

}  // namespace

TaskAccuracy::TaskAccuracy(AccuracyOfLoss asked, const LossRange& range,
                           const std::vector<double>& samples)
    : asked_(std::move(asked)), range_(range) {
  if (asked_.law)
    require_law();
  else
    compile();
  require_exponent(samples);
  require_order(samples);
}

void TaskAccuracy::compile() {
  const Expression formula = parse_formula({asked_.formula, "``accuracy``", "", 0});
  Names names;
  names.inputs = {{kLossName, {}, {}}, {kSamplesName, {}, {}}};
  bool reads_loss = false;
  for (const Name& name : formula.names) {
    const bool is_loss = name.text == kLossName, is_samples = name.text == kSamplesName;
    if (!is_loss && !is_samples)
      formula.text.fail(name.at,
                        fmt::format("{} is neither the loss nor the samples", shown(name.text)),
                        "write the accuracy by `loss` and `samples`, with numbers for all else");
    names.meanings.push_back({true, is_loss ? 0 : 1});
    reads_loss |= is_loss;
    reads_samples_ |= is_samples;
  }
  require(reads_loss, "``accuracy`` does not read the loss",
          "write '1/(1+exp(3*(loss-2.2)))', or name a fit: task.json");
  root_ = write_graph(graph_, formula, names, {});
}

void TaskAccuracy::require_law() const {
  const FittedLaw& law = *asked_.law;
  const bool is_of_loss = law.law.num_inputs() == 1 && law.law.inputs[0].column == kLossName;
  require(is_of_loss && (is_accuracy_law(law) != is_error_law(law)),
          fmt::format("``accuracy``: {} predicts {} from {}", law.law.name, printable(law.response),
                      listed(law.law.input_columns())),
          "fit accuracy_sigmoid or overtraining_error, whose columns are loss and accuracy or "
          "error");
}

void TaskAccuracy::require_exponent(const std::vector<double>& samples) const {
  if (reads_samples_)
    require(!asked_.exponent, "``sample-exponent`` beside a formula of the samples",
            "leave one of them out");
  else
    require(asked_.exponent.has_value() || samples.back() == 1, "what do more samples gain?",
            "give ``sample-exponent``, B of log accuracy ~ k^-B, or write `samples` into "
            "``accuracy``");
  if (asked_.exponent) require(*asked_.exponent > 0, "``sample-exponent`` must be above 0", "");
}

void TaskAccuracy::require_order(const std::vector<double>& samples) const {
  bool has_share = false;
  for (int place = 0; place < kLossesLookedAt; ++place) {
    const double loss = loss_at(range_, place);
    double fewer = 0;
    for (const double own : samples) {
      const double here = of(loss, own);
      require(
          !std::isnan(here), fmt::format("``accuracy`` is no number at a loss of {:.4g}", loss),
          fmt::format("it is asked for losses from {:.4g} to {:.4g}", range_.least, range_.most));
      require(here >= fewer - kRoundingOfAccuracy,
              fmt::format("``accuracy`` falls with more samples, at a loss of {:.4g}", loss),
              "more samples reach as much as fewer");
      require(place == 0 || here <= of(loss_at(range_, place - 1), own) + kRoundingOfAccuracy,
              fmt::format("``accuracy`` rises with the loss, at {:.4g}", loss),
              "it must fall; of an error write 1 less the error");
      has_share |= here > 0 && here < 1;
      fewer = here;
    }
  }
  require(has_share,
          fmt::format("``accuracy`` is 0 or 1 at all losses from {:.4g} to {:.4g}", range_.least,
                      range_.most),
          "write it as a share: 0.8, not 80");
}

double TaskAccuracy::of_graph(double loss, double samples) const {
  std::vector<double> values;
  for (NodeId id = 0; id <= root_; ++id) {
    const Node& node = graph_[id];
    const auto at = [&](NodeId own) {
      return own == kNoNode ? 0 : values[static_cast<std::size_t>(own)];
    };
    values.push_back(node.kind == NodeKind::constant ? node.number
                     : node.kind == NodeKind::input  ? (node.index == 0 ? loss : samples)
                                                     : apply(node.op, at(node.a), at(node.b)));
  }
  return values.back();
}

// An error that is no number is one that would be below zero: overtraining_error has it so.
double TaskAccuracy::of_law(double loss) const {
  const LawEntry& law = asked_.law->law;
  const double input = law.inputs[0].axis == Axis::log ? isoloss::log(loss) : loss;
  const double predicted = law.predict(asked_.law->theta(), {&input, 1});
  if (!is_error_law(*asked_.law)) return predicted;
  return std::isnan(predicted) ? 1 : 1 - predicted;
}

double TaskAccuracy::said(double loss, double samples) const {
  const double own = asked_.law ? of_law(loss) : of_graph(loss, samples);
  return std::isnan(own) ? own : std::clamp(own, 0.0, 1.0);
}

double TaskAccuracy::of(double loss, double samples) const {
  const double own = said(loss, samples);
  if (reads_samples_ || samples == 1 || own == 0) return own;
  return isoloss::exp(isoloss::exp(-*asked_.exponent * isoloss::log(samples)) * isoloss::log(own));
}

double TaskAccuracy::loss_for(double accuracy, double samples) const {
  if (!(accuracy > 0 && accuracy < 1)) return NAN;
  // Of one sample, where the formula is of one.
  const double need = reads_samples_ || samples == 1
                          ? accuracy
                          : isoloss::exp(isoloss::exp(*asked_.exponent * isoloss::log(samples)) *
                                         isoloss::log(accuracy));
  const auto excess = [&](double loss) { return said(loss, samples) - need; };
  const FunctionPoint least{range_.least, excess(range_.least)};
  const FunctionPoint most{range_.most, excess(range_.most)};
  if (least.value < 0) return NAN;
  if (most.value >= 0) return INFINITY;
  if (least.value == 0) return least.at;
  return root_between(excess, most, least, kRoundingOfLoss * range_.most);
}

}  // namespace isoloss
