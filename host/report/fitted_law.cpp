#include "host/report/fitted_law.h"

#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/laws/of_experts.h"

namespace isoloss {

Section law_section(const FittedLaw& law) {
  Section out{"Law", {Formula{law.law.name, law.law.formula}}};
  out.blocks.push_back(Note{law.source.empty() ? law.title : law.title + "; " + law.source, 0, 2});
  if (!law.note.empty()) out.blocks.push_back(Note{law.note, 0, 2});
  if (law.has_draws())
    out.blocks.push_back(Note{fmt::format("{} intervals from {} draws",
                                          confidence_text(law.confidence), law.thetas.size() - 1)});
  return out;
}

std::vector<Pair> methods_of(const FittedLaw& law) {
  std::vector<Pair> out{{"law", fmt::format("{}: {}", law.law.name, law.law.formula)}};
  if (!law.source.empty())
    out.push_back({"source", law.source});
  else if (!law.law.source.empty())
    out.push_back({"form of the law", law.law.source});
  if (law.made != nullptr) out.push_back({"seed", fmt::format("{}", law.made->fit.options.seed)});
  return out;
}

std::string answer_by(const FittedLaw& law, const std::string& sentence) {
  if (sentence.empty() || law.status == Status::converged) return sentence;
  if (law.status == Status::not_identifiable)
    return fmt::format("No answer to rely on: {}", status_sentence(law.status));
  return fmt::format("{}; not to be relied on ({})", sentence, status_sentence(law.status));
}

void add_fitted_law(const FittedLaw& law, Json& out) {
  Json params = Json::object();
  for (int k = 0; k < law.law.num_params(); ++k) {
    const auto index = static_cast<std::size_t>(k);
    params[law.law.params[index].name] = number_json(law.law.shown(k, law.thetas[0][index]));
  }
  out["law"] = law.law.name;
  out["formula"] = law.law.formula;
  out["of"] = law.title;
  out["source"] = law.source;
  out["params"] = params;
  out["num_draws"] = law.thetas.size() - 1;
  out["confidence"] = law.confidence;
}

void add_warnings(const std::vector<Warning>& warnings, Document& out) {
  if (!warnings.empty()) out.sections.push_back({"Warnings", {Warnings{"", warnings}}});
}

std::string params_title(const FittedLaw& law) {
  if (is_of_experts(law.law)) return law.counts_total ? "N, active" : "N, active non-embedding";
  return law.counts_total ? "N, parameters" : "N, non-embedding";
}

}  // namespace isoloss
