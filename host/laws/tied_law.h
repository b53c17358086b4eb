// A built-in law of which some parameters are one: "chinchilla:alpha=beta".

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/laws/law_entry.h"

namespace isoloss {

// `param` is what `to` is, by name, and is no parameter any more.
struct Tie {
  std::string param, to;
};

// Its name says the ties, as split_ties() reads them, so that a saved fit is of this law again. It
// is searched as a law without terms.
//
//   ties    in any order: one that is tied to another's `param` is what that is
//   throws  InputError for names that are no parameters, a parameter tied to itself, two of which
//           one is shown as exp(theta) and the other is not, and two whose ranges do not meet
LawEntry tied_law(const LawEntry& law, const std::vector<Tie>& ties);

// "chinchilla:alpha=beta" as the name of a law and its ties; a name alone has none.
struct NamedTies {
  std::string law;
  std::vector<Tie> ties;
};
NamedTies split_ties(std::string_view text);

}  // namespace isoloss
