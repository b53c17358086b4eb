// What to train, in a sentence: the headline of a page.

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/optimum_parts.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostInASentence = 3;  // of more the first and the last

std::string tokens_of(const Answer& answer) {
  if (std::isinf(answer.D.value)) return "endless tokens";
  return fmt::format("{} tokens{}", estimate_text(answer.D, count_text),
                     answer.end == PlanEnd::at_max_tokens ? " (the limit)" : "");
}

std::string model_of(const Answer& answer) {
  return fmt::format("{} parameters{} on {}{}", estimate_text(answer.N, count_text),
                     answer.end == PlanEnd::at_max_params ? " (the limit)" : "", tokens_of(answer),
                     answer.bits ? fmt::format(" in {} bits", bits_cell(answer).text) : "");
}

std::string reached(const Answer& answer) {
  return std::isfinite(answer.loss.value) ? ": a loss of " + loss_text(answer.loss.value) : "";
}

std::string served_text(double tokens) {
  return tokens > 0 ? fmt::format("to serve {} tokens", count_text(tokens)) : "to serve nothing";
}

// Under what one answer is one, "with 1e24 FLOP"; empty where the question has one thing only.
std::string condition_of(const OptimumQuestion& asked, const Answer& answer) {
  switch (asked.kind) {
    case QuestionKind::training:
      if (asked.given == Given::cost) return fmt::format("with {} FLOP", flops_text(answer.asked));
      if (asked.given == Given::loss) return "for a loss of " + loss_text(answer.loss.value);
      return "";
    case QuestionKind::serving:
      return served_text(answer.asked);
    case QuestionKind::overhead:
      return std::isinf(answer.asked) ? "with endless compute"
                                      : fmt::format("with {:g}% more FLOP", 100 * answer.asked);
    default:
      return "";
  }
}

// What all answers have in common, "with 1e24 FLOP in all, ".
std::string common_condition(const OptimumQuestion& asked) {
  const bool is_served = asked.kind == QuestionKind::serving;
  if (!is_served && asked.kind != QuestionKind::overhead) return "";
  const Quality& quality = asked.quality;
  if (quality.given == Given::loss)
    return fmt::format("for a loss of {}, ", loss_text(quality.value));
  if (quality.given != Given::cost)
    return fmt::format("for the quality of {} parameters, ", count_text(quality.value));
  const std::string budget = asked.prices.is_money
                                 ? fmt::format("${}", count_text(quality.value))
                                 : fmt::format("{} FLOP", flops_text(quality.value));
  return is_served ? fmt::format("with {} in all, ", budget)
                   : fmt::format("for the best loss of {}, ", budget);
}

bool asks_for_loss(const OptimumQuestion& asked) {
  return asked.kind == QuestionKind::training && asked.given == Given::loss;
}

bool is_planned(const Answer& answer) { return answer.end != PlanEnd::none; }

// The answers that the sentence names.
std::vector<const Answer*> named(const std::vector<Answer>& answers) {
  std::vector<const Answer*> out;
  for (const Answer& own : answers)
    if (is_planned(own)) out.push_back(&own);
  if (out.size() > kMostInASentence) out = {out.front(), out.back()};
  return out;
}

std::string sentence_begins(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string optimum_sentence(const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  const std::vector<const Answer*> answers = named(got.answers);
  if (answers.empty()) return "There is no optimum within the limits and the law's range";
  const bool is_given = asked.kind == QuestionKind::models;  // models, and what they reach
  const bool says_loss = is_given || (answers.size() == 1 && !asks_for_loss(asked));
  std::string out;
  for (const Answer* own : answers) {
    const std::string condition = condition_of(asked, *own);
    const bool is_first = out.empty();
    out += is_first ? common_condition(asked) : "; ";
    if (!condition.empty()) out += condition + ", ";
    out += (is_first && !is_given ? "train " : "") + model_of(*own);
    if (says_loss) out += reached(*own);
  }
  return sentence_begins(out);
}

}  // namespace isoloss
