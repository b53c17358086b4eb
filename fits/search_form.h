// Another form of a law, in whose parameters searches and refits are well behaved.
//
// Where a law's own parameters trade off so strongly that Newton's method crawls, the law may name
//   search_form   a law of the same inputs and as many parameters, each the counterpart of the one
//                 in its place, with
//     to_law(form, centre, theta)   theta of the law, in plain units, from those of the form;
//                                   centre: of the logs, by Input (fits/input.h)
//     kept                          places of the parameters that are the same in both: a user's
//                                   bounds on them bound the form
// Then the form is what is searched, polished, proved and refitted; the law's own parameters are
// what users give and reports show.

#pragma once

#include "fits/law.h"

namespace isoloss {

template <class L>
concept HasSearchForm = requires(const double* form, const double* centre, double* theta) {
  L::search_form::to_law(form, centre, theta);
};

}  // namespace isoloss
