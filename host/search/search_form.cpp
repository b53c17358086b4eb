#include "host/search/search_form.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "fits/functions.h"
#include "fits/optimum.h"
#include "fits/search_form.h"
#include "host/laws/all_laws.h"
#include "host/laws/make_entry.h"

namespace isoloss {
namespace {

template <class L>
void add_form_of(std::map<std::string, SearchForm, std::less<>>& out) {
  if constexpr (HasSearchForm<L>) {
    static_assert(int{L::search_form::num_params} == int{L::num_params});
    out[std::string(L::name)] = {make_entry<typename L::search_form>(),
                                 {L::search_form::kept.begin(), L::search_form::kept.end()},
                                 L::search_form::to_law};
  }
}

// Nearer to zero a bend has no counterpart in the law's own parameters.
constexpr double kLeastBound = 1e-2;

// Whether a user's bounds on theta[k] are bounds on the form as well.
bool is_bound_of_form(const SearchForm& form, const LawEntry& law, int k) {
  const Bounds& box = law.box.bounds[k];
  return std::find(form.kept.begin(), form.kept.end(), k) != form.kept.end() &&
         std::fabs(box.lower) > kLeastBound && std::fabs(box.upper) > kLeastBound;
}

// A start leaves the form of use: no start can make a fit worse than none.
bool take_bounds(const LawEntry& law, SearchForm& form) {
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    if (!law.is_held(k) && !param.lower_is_users && !param.upper_is_users) continue;
    if (law.is_held(k) || !is_bound_of_form(form, law, k)) return false;
    LawParam& of_form = form.law.params[static_cast<std::size_t>(k)];
    form.law.box.bounds[k] = law.box.bounds[k];
    of_form.lower_is_users = param.lower_is_users;
    of_form.upper_is_users = param.upper_is_users;
    of_form.range = clipped(of_form.range, law.box.bounds[k], of_form.scale);
  }
  return true;
}

}  // namespace

Theta SearchForm::to_law(const Theta& form, const Centre& centre) const {
  const Theta plain = law.from_search(form, centre);
  Theta out{};
  convert(plain.data(), centre.data(), out.data());
  return out;
}

std::optional<SearchForm> free_search_form_of(const LawEntry& law) {
  static const auto forms = [] {
    std::map<std::string, SearchForm, std::less<>> out;
    for_each_law([&]<class L>() { add_form_of<L>(out); });
    return out;
  }();
  const auto found = forms.find(law.name);
  if (found == forms.end()) return {};
  SearchForm out = found->second;
  if (!law.log_residual) out.law = out.law.with_linear_residual(law.unit);
  return out;
}

std::optional<SearchForm> search_form_of(const LawEntry& law) {
  std::optional<SearchForm> out = free_search_form_of(law);
  if (out && !take_bounds(law, *out)) out.reset();
  return out;
}

}  // namespace isoloss
