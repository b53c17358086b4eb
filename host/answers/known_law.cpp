#include "host/answers/known_law.h"

#include <fmt/format.h>

#include <algorithm>

#include "fits/math.h"
#include "host/answers/saved_fit.h"
#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/laws/registry.h"

namespace isoloss {
namespace {

constexpr const char* kExtrapolation = "extrapolation";
constexpr const char* kWithheld =
    "the fit gives no intervals, and its report says why; none is given here";

void add_draws(KnownLaw& law, const std::vector<Theta>& draws, bool withheld) {
  if (withheld && !draws.empty()) law.warnings.push_back({"intervals_withheld", kWithheld});
  if (!withheld) law.thetas.insert(law.thetas.end(), draws.begin(), draws.end());
}

}  // namespace

std::optional<Warning> extrapolation_warning(double farthest) {
  constexpr double kFar = 10;
  if (!(farthest > kFar)) return std::nullopt;
  return Warning{kExtrapolation,
                 fmt::format("training there costs up to {} times the largest run that was fitted: "
                             "an extrapolation",
                             number_text(farthest))};
}

KnownLaw known_law_of_file(const std::string& fit_path, const std::string& draws_path) {
  SavedFit fit = read_saved_fit(fit_path);
  KnownLaw out;
  out.title = "the fit of " + printable(fit_path);
  out.thetas = {fit.theta};
  out.confidence = fit.confidence;
  out.largest_flops = fit.largest_flops;
  if (!draws_path.empty()) add_draws(out, read_draws(draws_path, fit), fit.withheld);
  out.law = std::move(fit.law);
  return out;
}

KnownLaw known_law_of_fit(const RunTable& runs, const FitResult& fit) {
  KnownLaw out;
  out.title = "a fit to " + printable(runs.path);
  out.law = *fit.law;
  out.thetas = {fit.theta};
  out.confidence = fit.options.confidence;
  if (!runs.flops.empty())
    out.largest_flops = *std::max_element(runs.flops.begin(), runs.flops.end());
  add_draws(out, fit.draws, fit.bootstrap.withheld);
  out.is_sound = fit.status == Status::converged;
  if (!out.is_sound) out.warnings.push_back({status_name(fit.status), status_sentence(fit.status)});
  for (const Warning& own : fit.warnings)
    if (own.name != kExtrapolation) out.warnings.push_back(own);
  return out;
}

KnownLaw known_law_of_recipe(const Recipe& recipe) {
  if (recipe.law.empty())
    throw InputError("", 0, "",
                     fmt::format("{} is a power law of the compute: it knows no loss and no other "
                                 "cost",
                                 recipe.name),
                     "ask it for --compute, --params or --tokens, or take a recipe with a law: "
                     "isoloss optimum --list");
  KnownLaw out;
  out.title = recipe.title;
  out.source = recipe.source;
  out.note = recipe.note;
  out.counts_total = recipe.counts_total;
  out.law = find_law(recipe.law);
  Theta theta{};
  for (int k = 0; k < out.law.num_params(); ++k) {
    const double shown = recipe.params.at(out.law.params[static_cast<std::size_t>(k)].name);
    theta[static_cast<std::size_t>(k)] = out.law.is_log(k) ? isoloss::log(shown) : shown;
  }
  out.thetas = {theta};
  return out;
}

}  // namespace isoloss
