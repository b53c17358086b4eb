#include "host/search/search_form.h"

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
    out[std::string(L::name)] = {make_entry<typename L::search_form>(), L::search_form::to_law};
  }
}

// A start leaves the form of use: no start can make a fit worse than none.
bool has_own_box(const LawEntry& law) {
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    if (law.is_held(k) || param.lower_is_users || param.upper_is_users) return false;
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

const SearchForm* search_form_of(const LawEntry& law) {
  static const auto forms = [] {
    std::map<std::string, SearchForm, std::less<>> out;
    for_each_law([&]<class L>() { add_form_of<L>(out); });
    return out;
  }();
  const auto found = forms.find(law.name);
  const bool is_plain = law.log_residual && has_own_box(law);
  return is_plain && found != forms.end() ? &found->second : nullptr;
}

}  // namespace isoloss
