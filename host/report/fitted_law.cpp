#include "host/report/fitted_law.h"

#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

}  // namespace

std::string fitted_law_text(const FittedLaw& law) {
  std::string out = wrapped(fmt::format("{}   {}", law.law.name, law.law.formula), 0, kWidth);
  out += wrapped(law.source.empty() ? law.title : law.title + "; " + law.source, 0, kWidth, 2);
  if (!law.note.empty()) out += wrapped(law.note, 0, kWidth, 2);
  if (law.has_draws())
    out += fmt::format("{} intervals from {} draws\n", confidence_text(law.confidence),
                       law.thetas.size() - 1);
  return escaped(out);
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

std::string warnings_text(const std::vector<Warning>& warnings) {
  std::string out = warnings.empty() ? "" : "\n";
  for (const Warning& warning : warnings) out += wrapped(warning_line(warning), 2, kWidth);
  return out;
}

}  // namespace isoloss
