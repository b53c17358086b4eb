// Advice on a name that is not known: those that it may have been meant for.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/error.h"

namespace isoloss {

// The known names that a few slips of the keyboard lead from, or that go on where it ends; the
// nearest first, at most three.
std::vector<std::string> nearest_names(std::string_view typed,
                                       const std::vector<std::string>& known);

// "did you mean chinchilla?"; where no name is near, `otherwise`.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known,
                         const std::string& otherwise);

// The same where all names are said if none is near: "its parameters are alpha, beta and gamma".
std::string near_or_all(std::string_view typed, const std::vector<std::string>& known,
                        const std::string& these);

// The one of that name. Throws InputError, `unknown` and what names there are.
template <class Named>
const Named& called(std::string_view typed, const std::vector<Named>& all,
                    const std::string& unknown) {
  std::vector<std::string> names;
  for (const Named& own : all) {
    if (own.name == typed) return own;
    names.push_back(own.name);
  }
  throw InputError("", 0, "", unknown, near_or_all(typed, names, "they are"));
}

// The names in "alpha, beta and gamma".
std::vector<std::string> words_of(std::string_view list);

}  // namespace isoloss
