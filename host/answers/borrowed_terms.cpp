#include "host/answers/borrowed_terms.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace isoloss {
namespace {

// Places of own parameters in the law that has more; empty unless all are there.
std::vector<std::size_t> places_of(const LawEntry& own, const LawEntry& more) {
  std::vector<std::size_t> out;
  for (const LawParam& param : own.params) {
    const auto found =
        std::find_if(more.params.begin(), more.params.end(), [&](const LawParam& other) {
          return other.name == param.name && other.meaning == param.meaning &&
                 other.scale == param.scale;
        });
    if (found == more.params.end()) return {};
    out.push_back(static_cast<std::size_t>(found - more.params.begin()));
  }
  return out;
}

}  // namespace

std::optional<FittedLaw> with_terms_of(const Recipe& recipe, const FittedLaw& own) {
  if (own.law.name != "chinchilla") return std::nullopt;
  FittedLaw out = law_of_recipe(recipe);
  const std::vector<std::size_t> places = places_of(own.law, out.law);
  if (places.empty()) return std::nullopt;
  const Theta borrowed = out.theta();
  out.thetas.clear();
  for (const Theta& theta : own.thetas) {
    Theta& both = out.thetas.emplace_back(borrowed);
    for (std::size_t k = 0; k < places.size(); ++k) both[places[k]] = theta[k];
  }
  out.flops_per_token_param = own.flops_per_token_param;
  out.counts_total = own.counts_total;
  out.confidence = own.confidence;
  return out;
}

}  // namespace isoloss
