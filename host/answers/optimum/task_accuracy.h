// The accuracy of a task from the loss and from the samples that answer a query.
//
// Of k samples one is taken by a verifier that finds a right one if there is any: coverage, or
// pass@k. Where the accuracy of one sample is known as a function of the loss L, that of k is
// accuracy(L)^(k^-B), so that its log goes as a k^b with b = -B and a = log accuracy(L).
//
//   source  Brown et al. 2024, "Large Language Monkeys", arXiv:2407.21787: log c = a k^b

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/formula/graph.h"

namespace isoloss {

// What is known of a task.
struct AccuracyOfLoss {
  std::string formula;                        // of `loss`, or of `loss` and `samples`; or
  std::shared_ptr<const FittedLaw> law = {};  // of the loss, whose response is accuracy or error
  std::optional<double> exponent = {};        // B; where the formula reads no samples
};

// Losses that are looked at, nats per token.
struct LossRange {
  double least = 0, most = 0;
};

class TaskAccuracy {
 public:
  //   samples  numbers of them that will be asked for, ascending
  //
  //   throws   InputError for a formula that is none or reads anything else, a law that is none of
  //            the loss, an exponent that is missing or too much, and an accuracy that in the range
  //            is no number, rises with the loss, falls with the samples, or is 0 or 1 throughout
  TaskAccuracy(AccuracyOfLoss asked, const LossRange& range, const std::vector<double>& samples);

  // Of so many samples; 0 .. 1, cut off there.
  double of(double loss, double samples) const;
  // The loss at which so many samples have this accuracy, to rounding. NaN where it is below the
  // range, and for an accuracy that is not between 0 and 1; infinite where the accuracy is reached
  // at the end of the range already: by chance.
  //
  //   cost  some 15 evaluations of the formula
  double loss_for(double accuracy, double samples) const;

 private:
  void compile();
  void require_law() const;
  void require_exponent(const std::vector<double>& samples) const;
  void require_order(const std::vector<double>& samples) const;
  // What the formula or the law says.
  double said(double loss, double samples) const;
  double of_graph(double loss, double samples) const;
  double of_law(double loss) const;

  AccuracyOfLoss asked_;
  LossRange range_;
  Graph graph_;  // of the formula; its inputs are the loss and the samples
  NodeId root_ = kNoNode;
  bool reads_samples_ = false;
};

}  // namespace isoloss
