#include "host/answers/recipe.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/option_error.h"
#include "host/base/tables.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"
#include "host/laws/registry.h"

namespace isoloss {
namespace {

PowerLaw power_law_of(const TomlReader& read, std::string_view key, const toml::node& node) {
  PowerLaw out;
  for (const auto& [name, value] : read.table(key, node)) {
    if (name == "coefficient")
      out.coefficient = read.number(name, value);
    else if (name == "exponent")
      out.exponent = read.number(name, value);
    else if (name == "flops_unit")
      out.flops_unit = read.number(name, value);
    else
      read.refuse_key(name.str(), value, "coefficient, exponent, flops_unit");
  }
  if (!(out.coefficient > 0 && out.exponent > 0 && out.flops_unit > 0))
    read.fail(node, "a power law has a positive coefficient, exponent and unit", "");
  return out;
}

void read_key(const TomlReader& read, std::string_view key, const toml::node& value, Recipe& out) {
  if (key == "title") {
    out.title = read.text(key, value);
  } else if (key == "source") {
    out.source = read.text(key, value);
  } else if (key == "note") {
    out.note = read.text(key, value);
  } else if (key == "counts") {
    const std::string counts = read.text(key, value);
    const auto counts_total = counts_total_called(counts);
    if (!counts_total)
      read.fail(value, "counts is " + shown(counts), "write total or non-embedding");
    out.counts_total = *counts_total;
  } else if (key == "law") {
    out.law = read.text(key, value);
  } else if (key == "params") {
    for (const auto& [name, own] : read.table(key, value))
      out.params[std::string(name.str())] = read.number(name, own);
  } else if (key == "N") {
    out.N = power_law_of(read, key, value);
  } else if (key == "D") {
    out.D = power_law_of(read, key, value);
  } else {
    read.refuse_key(key, value, "title, source, counts, note, law, params, N, D");
  }
}

void require_complete(const TomlReader& read, const toml::node& node, const Recipe& recipe) {
  if (recipe.title.empty() || recipe.source.empty())
    read.fail(node, recipe.name + " lacks a title or a source", "");
  if (recipe.law.empty() == !(recipe.N || recipe.D))
    read.fail(node, recipe.name + " is neither a law nor power laws", "give law, or N or D");
  if (recipe.law.empty()) return;
  for (const LawParam& param : find_law(recipe.law).params)
    if (!recipe.params.contains(param.name))
      read.fail(node, fmt::format("{} gives no value of {}", recipe.name, param.name), "");
}

Recipe recipe_of(const TomlReader& read, std::string_view name, const toml::table& entry) {
  Recipe recipe;
  recipe.name = std::string(name);
  for (const auto& [key, value] : entry) read_key(read, key.str(), value, recipe);
  require_complete(read, entry, recipe);
  return recipe;
}

}  // namespace

double PowerLaw::at(double flops) const {
  return coefficient * std::pow(flops / flops_unit, exponent);
}

double PowerLaw::inverse(double value) const {
  return flops_unit * std::pow(value / coefficient, 1 / exponent);
}

const char* count_name(bool counts_total) { return counts_total ? "total" : "non-embedding"; }

std::optional<bool> counts_total_called(std::string_view name) {
  for (const bool counts_total : {true, false})
    if (name == count_name(counts_total)) return counts_total;
  return std::nullopt;
}

std::vector<Recipe> parse_recipes(std::string_view text, const std::string& path) {
  const TomlReader read(path);
  return read.tables(read.parse(text), [&](std::string_view name, const toml::table& entry) {
    return recipe_of(read, name, entry);
  });
}

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = parse_recipes(recipes_toml(), "recipes.toml");
  return all;
}

const Recipe& recipe_called(std::string_view name) {
  return about_option("published", name, [&]() -> const Recipe& {
    return called(name, recipes(), fmt::format("no published recipe {}", shown(name)));
  });
}

}  // namespace isoloss
