// Values of a TOML file, each refused with its line if it is not what is asked for. Only for
// sources that read TOML: nothing else includes toml++.

#pragma once

#include <toml++/toml.h>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

  // Reads every entry of a document, a table each, in the order of the file: toml++ has the keys
  // sorted by name. read(name, table) gives what comes of one, by its own name and node.
  template <class Read>
  auto tables(const toml::table& document, Read&& read) const {
    std::map<std::size_t, std::pair<std::string_view, const toml::node*>> by_line;
    for (const auto& [name, entry] : document) by_line[line(entry)] = {name.str(), &entry};
    std::vector<decltype(read(std::string_view(), document))> out;
    for (const auto& [at, own] : by_line)
      out.push_back(read(own.first, table(own.first, *own.second)));
    return out;
  }

  static std::size_t line(const toml::node& node) { return node.source().begin.line; }

 private:
  std::string path_;
};

}  // namespace isoloss
