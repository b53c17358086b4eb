#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/holding.h"
#include "host/report/optimum_parts.h"

namespace isoloss {
namespace {

std::string bits_text(const Bits& bits) {
  if (!bits.post) return fmt::format("{:g}", bits.training.value_or(bits.served));
  if (!bits.training) return fmt::format("{:g}", *bits.post);
  return fmt::format("{:g} to {:g}", *bits.training, *bits.post);
}

// A row of the table of all models.
Cells model_row(const Cell& asked, const ModelOfBits& own) {
  if (own.end == PlanEnd::none) return {asked, bits_text(own.bits), "none"};
  return {asked,
          bits_text(own.bits),
          estimate_cell(own.N, count_text),
          estimate_cell(own.D, count_text),
          {loss_text(own.loss.value), own.loss},
          {flops_text(own.cost.value), own.cost}};
}

// What is asked, as the first column of the answers has it.
Cell asked_cell(const Optimum& got, const Answer& answer) {
  if (got.question.kind == QuestionKind::serving) return {count_text(answer.asked), answer.asked};
  return {got.question.given == Given::loss ? loss_text(answer.asked) : flops_text(answer.asked),
          answer.asked};
}

void add_hurting(const Optimum& got, Section& to) {
  for (const Answer& own : got.answers)
    if (own.bits && own.bits->tokens_that_hurt)
      to.blocks.emplace_back(Note{
          fmt::format("{}: from {} tokens on more of them only raise the loss of a model of {} "
                      "that is served in {:g} bits",
                      asked_cell(got, own).text,
                      estimate_text(*own.bits->tokens_that_hurt, count_text),
                      count_text(own.N.value), own.bits->bits.served),
          2, 2});
}

}  // namespace

Cell bits_cell(const Bits& bits, std::optional<double> share_alike) {
  const double number = bits.post ? *bits.post : bits.training.value_or(bits.served);
  return {bits_text(bits) + (share_alike ? fmt::format(" ({})", share_text(*share_alike)) : ""),
          number};
}

Cell bits_cell(const Answer& answer) {
  std::optional<double> share;
  if (answer.N.interval) share = answer.bits->share_alike;
  return bits_cell(answer.bits->bits, share);
}

void add_bits_cost(const Holding& by, std::vector<Pair>& out) {
  if (!by.are_bits_chosen) return;
  out.push_back(
      {"bits", "a FLOP of P bits costs P / 16 of one in 16 bits, in training and serving"});
}

void add_models_of_bits(const FittedLaw& law, const Optimum& got, Document& out) {
  if (got.question.bits.empty()) return;
  const std::string asked = got.question.kind == QuestionKind::serving ? "served"
                            : got.question.given == Given::loss        ? "loss asked"
                                                                       : "C, FLOP";
  Table table{{{asked}, {"bits"}, {params_title(law)}, {"D, tokens"}, {"loss"}, {"cost"}}};
  for (const Answer& answer : got.answers)
    if (answer.bits)
      for (const ModelOfBits& own : answer.bits->models)
        table.rows.push_back(model_row(asked_cell(got, answer), own));
  Section own{"All bits", {Note{"the best model of all bits that were weighed", 2}, table}};
  add_hurting(got, own);
  out.sections.push_back(std::move(own));
}

}  // namespace isoloss
