// What published work would train for a budget: the entries of fits/recipes.toml.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// coefficient (C / flops_unit)^exponent.
struct PowerLaw {
  double coefficient = 0;
  double exponent = 0;
  double flops_unit = 1;

  double at(double flops) const;
  // The compute at which it is `value`.
  double inverse(double value) const;
};

struct Recipe {
  std::string name;
  std::string title;
  std::string source;
  std::string note;
  bool counts_total = true;  // N is all parameters; else those that are no embedding

  std::string law;  // of fits/laws/; empty: power laws
  std::map<std::string, double> params;
  std::optional<PowerLaw> N, D;  // one at least, if there is no law
};

// What N counts, as files and flags have it: "total" or "non-embedding".
const char* count_name(bool counts_total);
// The other way round; nothing for any other text.
std::optional<bool> counts_total_called(std::string_view name);

// All recipes, in the order of the file.
const std::vector<Recipe>& recipes();

// Throws InputError, with the names that there are, if there is none of this name.
const Recipe& recipe_called(std::string_view name);

// Reads a table of recipes. Throws InputError with the line for what is no recipe, and for a law
// without a value of one of its parameters.
std::vector<Recipe> parse_recipes(std::string_view text, const std::string& path);

}  // namespace isoloss
