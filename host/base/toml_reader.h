// Values of a TOML file, each refused with its line if it is not what is asked for. Only for
// sources that read TOML: nothing else includes toml++.

#pragma once

#include <toml++/toml.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace isoloss {

class TomlReader {
 public:
  explicit TomlReader(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }

  // The whole file; InputError with the line for what is no TOML.
  toml::table parse(std::string_view bytes) const;

  // Throw InputError with the node's line.
  [[noreturn]] void fail(const toml::node& node, const std::string& message,
                         const std::string& hint) const;
  [[noreturn]] void refuse_key(std::string_view key, const toml::node& node,
                               std::string_view known) const;

  // The value of `key`; InputError if it is of another type, an empty text, or not finite.
  std::string text(std::string_view key, const toml::node& node) const;
  double number(std::string_view key, const toml::node& node) const;
  std::size_t count(std::string_view key, const toml::node& node) const;
  bool yes_or_no(std::string_view key, const toml::node& node) const;
  const toml::table& table(std::string_view key, const toml::node& node) const;
  const toml::array& array(std::string_view key, const toml::node& node) const;
  // A number written as a text, to keep its digits.
  double digits(std::string_view key, const toml::node& node) const;

  static std::size_t line(const toml::node& node) { return node.source().begin.line; }

 private:
  std::string path_;
};

}  // namespace isoloss
