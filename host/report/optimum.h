// What to train, as a document and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/answer.h"
#include "host/report/document.h"

namespace isoloss {

enum class QuestionKind { training, serving, overhead, models };

// What was asked and what came out; a report needs nothing else.
struct OptimumReport {
  QuestionKind kind = QuestionKind::training;
  Given given = Given::cost;  // of training: what the answers are asked by
  Quality quality;            // of serving and overhead
  Prices prices;
  bool has_prices = false;  // costs are money, or FLOP of hardware; else plain FLOP
  bool is_money = false;
  Limits limits;
  HeldInputs held;
  std::vector<Answer> answers;
  std::vector<Warning> warnings;
};

// answers has one at least; the report outlives its charts.
Document describe_optimum(const FittedLaw& law, const OptimumReport& report);
std::string optimum_json(const FittedLaw& law, const OptimumReport& report);

}  // namespace isoloss
