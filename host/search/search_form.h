// The form in which a law is searched, if that is not its own: fits/search_form.h.

#pragma once

#include <optional>
#include <vector>

#include "host/laws/law_entry.h"

namespace isoloss {

struct SearchForm {
  LawEntry law;           // the form
  std::vector<int> kept;  // places of parameters that are the law's own too
  void (*convert)(const double* form, const double* centre, double* theta) = nullptr;

  // The law's theta, in plain units, from the form's in search coordinates.
  Theta to_law(const Theta& form, const Centre& centre) const;
};

// That of a law, within the bounds that the user gave for parameters which it keeps. None if the
// law has none, or if the user held or bounded another parameter, which it does not have.
std::optional<SearchForm> search_form_of(const LawEntry& law);

// That of a law, whatever is held or bounded: its optimum is then a start.
std::optional<SearchForm> free_search_form_of(const LawEntry& law);

}  // namespace isoloss
