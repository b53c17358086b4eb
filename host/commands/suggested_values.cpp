#include "host/commands/suggested_values.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "host/answers/recipe.h"
#include "host/answers/verify/library.h"
#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/laws/registry.h"
#include "host/reading/data_sets.h"

namespace isoloss {
namespace {

using ValueNames = std::vector<std::string>;

template <class All>
ValueNames names_in(const All& all) {
  ValueNames out;
  for (const auto& own : all) out.emplace_back(own.name);
  return out;
}

// None where they are not installed.
ValueNames names_of_published_fits() {
  try {
    return names_in(published_fits());
  } catch (const InputError&) {
    return {};
  }
}

// By the type of a value, as its flag shows it.
const std::map<std::string, ValueNames (*)()>& lists() {
  static const std::map<std::string, ValueNames (*)()> kLists{
      {"LAW", [] { return names_in(all_laws()); }},
      {"RECIPE", [] { return names_in(recipes()); }},
      {"DATASET", [] { return names_in(data_sets()); }},
      {"WARNING", [] { return names_in(kWarnings); }},
      {"PUBLISHED", names_of_published_fits},
      {"COMMAND", [] { return names_in(all_commands()); }},
  };
  return kLists;
}

// Those of "screen|grid|N" that are written as they stand.
ValueNames words_in(const std::string& type) {
  ValueNames out(1);
  for (const char c : type) {
    if (c == '|')
      out.emplace_back();
    else
      out.back() += c;
  }
  const auto is_placeholder = [](const std::string& word) {
    return word.empty() || std::any_of(word.begin(), word.end(), [](char c) {
             return std::isupper(static_cast<unsigned char>(c)) != 0;
           });
  };
  std::erase_if(out, is_placeholder);
  return out;
}

}  // namespace

std::vector<std::string> suggested_values(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const auto list = lists().find(type.substr(0, type.find('[')));
  if (list != lists().end()) return list->second();
  return type.find('|') == std::string::npos ? ValueNames{} : words_in(type);
}

}  // namespace isoloss
