// Advice on a name that is not known: those that it may have been meant for.

#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// The names in "alpha, beta and gamma".
std::vector<std::string> words_of(std::string_view list);

}  // namespace isoloss
