#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/envelope.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"

namespace isoloss {
namespace {

Table runs_table(const Envelope& answer) {
  Table out{{{"run"}, {"N, parameters"}, {"best from C, FLOP"}, {"to C, FLOP"}, right({"points"})}};
  for (const EnvelopeRun& own : answer.runs) {
    Cells row{printable(own.run), {count_text(own.params), own.params}};
    if (own.from == 0) {
      row.push_back("nowhere");
    } else {
      row.push_back({flops_text(own.from), own.from});
      row.push_back({flops_text(own.to), own.to});
      row.push_back({std::to_string(own.num_points), static_cast<double>(own.num_points)});
    }
    out.rows.push_back(row);
  }
  return out;
}

std::string exponent_text(double x) { return fmt::format("{:.4f}", x); }

std::string power_text(const char* letter, const EnvelopePowerLaw& law) {
  return fmt::format("{} = {} C^{}", letter, number_text(law.coefficient.value),
                     estimate_text(law.exponent, exponent_text));
}

Table power_table(const Envelope& answer) {
  Table out{{{"power law"}, {"exponent"}, {"coefficient"}}};
  for (const auto& [name, law] : {std::pair{"N ~ C^a", &answer.N}, {"D ~ C^b", &answer.D}})
    out.rows.push_back({name, estimate_cell(law->exponent, exponent_text),
                        estimate_cell(law->coefficient, number_text)});
  return out;
}

std::string intervals_text(const Envelope& answer) {
  const std::string without = fmt::format("{:.0f}% of the resamples leave fewer than two sizes",
                                          100 * answer.share_without);
  if (!answer.N.exponent.interval) return "none: " + without;
  return fmt::format("{}, whole runs drawn anew, {} times, seed {}{}",
                     confidence_text(answer.question.confidence), answer.question.num_resamples,
                     answer.question.seed, answer.share_without > 0 ? "; " + without : "");
}

Pairs facts(const Envelope& answer) {
  Pairs out{{{"points", fmt::format("{} between a smaller and a larger size; left out: {}, for the "
                                    "best there is the smallest or the largest, and {}, which "
                                    "fewer than two runs reach",
                                    answer.num_used, answer.num_at_edge, answer.num_alone)}}};
  if (answer.question.num_resamples > 0) out.pairs.push_back({"intervals", intervals_text(answer)});
  return out;
}

Table plan_table(const Envelope& answer) {
  Table out{{{"C, FLOP"}, {"N, parameters"}, {"D, tokens"}}};
  for (const EnvelopePlan& own : answer.plans)
    out.rows.push_back({{flops_text(own.budget), own.budget},
                        estimate_cell(own.params, count_text),
                        estimate_cell(own.tokens, count_text)});
  return out;
}

std::vector<Chart> charts_of(const Envelope& answer) {
  Chart out{"The least loss at each compute",
            "The lower envelope of the smoothed training curves.",
            compute_axis(),
            {"loss, nats per token", true},
            {}};
  Trace line = trace(TraceKind::line, "envelope");
  for (std::size_t i = 0; i < answer.log_C.size(); ++i)
    add_point(std::exp(answer.log_C[i]), {answer.loss[i], {}, {}}, line);
  out.traces = {line};
  return {out};
}

std::string answer_sentence(const Envelope& answer) {
  return fmt::format("Along the envelope of {}, {}", counted(answer.runs.size(), "run"),
                     power_text("N", answer.N));
}

}  // namespace

Document describe_envelope(const Envelope& answer) {
  Document out{"Approach 1: the envelope of training curves",
               answer_sentence(answer),
               {{"seed", std::to_string(answer.question.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Runs",
       {Note{fmt::format("{} of {}, {}", counted(answer.runs.size(), "run"), printable(answer.path),
                         counted(answer.num_rows, "row")),
             0, 2}}});
  out.sections.push_back({"Best runs", {runs_table(answer)}});
  out.sections.push_back({"Power laws", {power_table(answer), facts(answer)}});
  if (!answer.plans.empty()) out.sections.push_back({"Budgets", {plan_table(answer)}});
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
