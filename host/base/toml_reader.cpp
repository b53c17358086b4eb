#include "host/base/toml_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {

toml::table TomlReader::parse(std::string_view bytes) const {
  try {
    return toml::parse(bytes, path_);
  } catch (const toml::parse_error& error) {
    throw InputError(path_, error.source().begin.line, "",
                     fmt::format("not TOML: {}", printable(error.description())), "");
  }
}

void TomlReader::fail(const toml::node& node, const std::string& message,
                      const std::string& hint) const {
  throw InputError(path_, line(node), "", message, hint);
}

void TomlReader::refuse_key(std::string_view key, const toml::node& node,
                            std::string_view known) const {
  fail(node, fmt::format("unknown key {}", shown(key)),
       did_you_mean(key, words_of(known), fmt::format("the keys are {}", known)));
}

std::string TomlReader::text(std::string_view key, const toml::node& node) const {
  if (const auto* value = node.as_string(); value && !value->get().empty()) return value->get();
  fail(node, fmt::format("{} is not a text", printable(key)),
       fmt::format("write {} = \"...\"", printable(key)));
}

double TomlReader::number(std::string_view key, const toml::node& node) const {
  const auto value = node.value<double>();
  if (node.is_number() && value && std::isfinite(*value)) return *value;
  fail(node, fmt::format("{} is not a finite number", printable(key)), "write 0.5 or 3.8e25, say");
}

std::size_t TomlReader::count(std::string_view key, const toml::node& node) const {
  const auto* value = node.as_integer();
  if (value && value->get() >= 0) return static_cast<std::size_t>(value->get());
  fail(node, fmt::format("{} is not a whole number", printable(key)), "write 240, say");
}

bool TomlReader::yes_or_no(std::string_view key, const toml::node& node) const {
  if (const auto* value = node.as_boolean()) return value->get();
  fail(node, fmt::format("{} is neither true nor false", printable(key)), "");
}

const toml::table& TomlReader::table(std::string_view key, const toml::node& node) const {
  if (const auto* value = node.as_table()) return *value;
  fail(node, fmt::format("{} is not a table", printable(key)), "");
}

const toml::array& TomlReader::array(std::string_view key, const toml::node& node) const {
  if (const auto* value = node.as_array()) return *value;
  fail(node, fmt::format("{} is not an array", printable(key)), "");
}

double TomlReader::digits(std::string_view key, const toml::node& node) const {
  const std::string written = text(key, node);
  const Number number = parse_number(written);
  if (number.kind == Number::Kind::value) return number.value;
  fail(node, fmt::format("{} {} is not a number", printable(key), shown(written)),
       "write a text with the digits of the source: \"482.01\"");
}

}  // namespace isoloss
