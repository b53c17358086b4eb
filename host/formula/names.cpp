#include "host/formula/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "fits/law.h"
#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// `x` stands for any one quantity: as a name it says nothing, and the quantity may be negative.
const InputInfo* info_called(std::string_view name) {
  const auto* found = std::find_if(kInputs.begin(), kInputs.end(), [&](const InputInfo& info) {
    return info.input != Input::x && (name == info.symbol || name == info.column);
  });
  return found == kInputs.end() ? nullptr : found;
}

bool is_column_everywhere(const InputInfo& info, std::string_view name) {
  return name == info.column || info.input == Input::N || info.input == Input::D ||
         info.input == Input::C;
}

bool is_response(const std::string& name, const Expression& expression,
                 const NameContext& context) {
  if (name == context.response || name == expression.left_side) return true;
  const InputInfo* info = info_called(name);
  return info && info == info_called(context.response);
}

std::optional<FormulaInput> input_called(const std::string& name, const NameContext& context) {
  const InputInfo* info = info_called(name);
  FormulaInput out{name, {}, {}};
  if (info) out.known = info->input;
  if (const auto declared = context.declared.find(name); declared != context.declared.end()) {
    out.column = declared->second.empty() ? name : declared->second;
    return out;
  }
  if (info && is_column_everywhere(*info, name)) return out;
  if (std::find(context.headers.begin(), context.headers.end(), name) == context.headers.end())
    return {};
  out.column = name;
  return out;
}

// N and params are one input, however often a formula changes its mind.
int place_of(FormulaInput input, const Name& name, const Expression& expression,
             std::vector<FormulaInput>& inputs) {
  const auto same = std::find_if(inputs.begin(), inputs.end(), [&](const FormulaInput& other) {
    return input.known && input.known == other.known;
  });
  if (same != inputs.end() && same->column != input.column) {
    expression.text.fail(
        name.at,
        fmt::format("'{}' and '{}' are one quantity in two columns", same->name, input.name),
        "give one of the columns another name");
  }
  const auto place = same - inputs.begin();
  if (same == inputs.end()) inputs.push_back(std::move(input));
  return static_cast<int>(place);
}

void require_declared_are_used(const Expression& expression, const NameContext& context) {
  for (const auto& [name, column] : context.declared) {
    const bool is_used =
        std::any_of(expression.names.begin(), expression.names.end(),
                    [&declared = name](const Name& used) { return used.text == declared; });
    if (is_used) continue;
    throw InputError(expression.text.path, 0, "",
                     fmt::format("the input {} is not in the formula", shown(name)),
                     "leave it out, or write it into the formula");
  }
}

void require_both_kinds(const Expression& expression, const Names& names) {
  const std::size_t end = expression.text.text.size();
  if (names.inputs.empty()) {
    expression.text.fail(end, "the formula reads no column",
                         "N, D, C and the headers of the file are columns; ``input`` NAME makes "
                         "NAME one");
  }
  if (names.params.empty()) {
    expression.text.fail(end, "the formula has no parameter to fit",
                         "a name that is no column is a parameter");
  }
}

}  // namespace

Names resolve_names(const Expression& expression, const NameContext& context) {
  Names out;
  for (const Name& name : expression.names) {
    if (is_response(name.text, expression, context)) {
      expression.text.fail(name.at, fmt::format("'{}' is what the formula predicts", name.text),
                           "it cannot stand on the right side");
    }
    if (auto input = input_called(name.text, context)) {
      out.meanings.push_back({true, place_of(std::move(*input), name, expression, out.inputs)});
      continue;
    }
    if (out.params.size() == static_cast<std::size_t>(kMaxParams)) {
      expression.text.fail(
          name.at, fmt::format("'{}' is one parameter more than {}", name.text, kMaxParams),
          fmt::format("the others are {}; ``input`` NAME makes NAME a column", listed(out.params)));
    }
    out.meanings.push_back({false, static_cast<int>(out.params.size())});
    out.params.push_back(name.text);
  }
  require_declared_are_used(expression, context);
  require_both_kinds(expression, out);
  return out;
}

}  // namespace isoloss
