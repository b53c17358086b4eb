// A law searched as it is best searched: in a form of its own where it has one, and beyond bounds
// that nobody asked for where they hold the fit.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "host/fit/fit_search.h"
#include "host/search/search_form.h"

namespace isoloss {

// The law whose parameters the search moves, and its problem: the law itself, or its search form.
// `of` must outlive it.
struct Moved {
  // in: the form of `of` to search in; none: its own parameters.
  Moved(const RunTable& runs, const LawEntry& of, std::optional<SearchForm> in,
        const ResidualLoss& rho);

  bool is_form() const { return form.has_value(); }
  // A fit in the search coordinates of the law itself, `own`, for its problem `of`.
  // Its objective is the form's, which a curve too straight for the law differs from a little.
  PolishedFit to_law(PolishedFit fit, const LawEntry& own, const Problem& of) const;

  const std::optional<SearchForm> form;
  const LawEntry& law;
  const Problem problem;
};

// A law, what its search moved, where that ended and the best of it, in the moved coordinates.
struct Searched {
  std::shared_ptr<const LawEntry> law;
  std::unique_ptr<const Moved> moved;
  SearchEnds ends;
  PolishedFit best;
  SearchReport report;
};

// Searches; where a default bound holds the fit and the law is defined beyond it, again with a
// wider one, for as long as that pays. The law that comes back has the bounds that it was found in.
//
//   near    searched_optima() of nearly the same runs, or none
//   throws  DeviceError, Interrupted
//   cost    a search, and one more for each widening
Searched search_widening(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                         const FitOptions& options, SearchEngine& engine,
                         std::span<const Theta> near = {});

}  // namespace isoloss
