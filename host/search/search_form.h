// The form in which a law is searched, if that is not its own: fits/search_form.h.

#pragma once

#include "host/laws/law_entry.h"

namespace isoloss {

struct SearchForm {
  LawEntry law;  // the form
  void (*convert)(const double* form, const double* centre, double* theta) = nullptr;

  // The law's theta, in plain units, from the form's in search coordinates.
  Theta to_law(const Theta& form, const Centre& centre) const;
};

// That of a law; null if it has none, or if the user moved a bound, held a parameter or compares
// the response itself, all of which are about its own.
const SearchForm* search_form_of(const LawEntry& law);

}  // namespace isoloss
