#include "host/commands/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"
#include "host/commands/commands.h"
#include "host/commands/option_names.h"

namespace isoloss {
namespace {

constexpr const char* kFlag = "--config";

std::optional<std::string> typed_value(const std::vector<std::string>& words,
                                       const std::string& flag) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with(flag + "=")) return words[i].substr(flag.size() + 1);
    if (words[i] == flag) return i + 1 < words.size() ? words[i + 1] : "";
  }
  return std::nullopt;
}

// Names of flags as a file may write them: huber-delta, huber_delta.
std::string flag_called(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

class ConfigFile {
 public:
  ConfigFile(const std::string& path, const CLI::App& command)
      : path_(path), command_(command), table_(TomlReader(path).parse(read_file(path))) {}

  // What is given of each flag.
  std::map<std::string, std::vector<ConfigFlag>> flags() {
    read(table_, true);
    if (const toml::table* own = table_[command_.get_name()].as_table()) read(*own, false);
    return flags_;
  }

 private:
  std::string place(const toml::source_position& at) const {
    return fmt::format("{}:{}:{}", path_, at.line, at.column);
  }

  [[noreturn]] void fail(const toml::source_position& at, const std::string& message,
                         const std::string& hint) const {
    throw InputError(place(at), 0, "", message, hint);
  }

  void read(const toml::table& table, bool is_of_all) {
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      if (value.is_table() && is_of_all)
        require_command(key, name);
      else
        flags_[flag_called(name)] = given(option_called(key, name), name, value);
    }
  }

  void require_command(const toml::key& key, const std::string& name) const {
    std::vector<std::string> names;
    for (const Command& command : all_commands()) names.emplace_back(command.name);
    if (std::find(names.begin(), names.end(), name) == names.end())
      fail(key.source().begin, fmt::format("no command is called {}", shown(name)),
           did_you_mean(name, names, "a table has the flags of a command"));
  }

  const CLI::Option& option_called(const toml::key& key, const std::string& name) const {
    const std::string flag = flag_called(name);
    std::vector<std::string> names;
    for (const CLI::Option* option : command_.get_options()) {
      const bool is_value = option->nonpositional() && option != command_.get_help_ptr() &&
                            option->get_name() != kFlag;
      if (is_value && option->get_name() == flag) return *option;
      if (is_value) names.push_back(option->get_single_name());
    }
    fail(key.source().begin, fmt::format("{} has no flag {}", command_.get_name(), printable(flag)),
         did_you_mean(name, names, fmt::format("isoloss help {} has them", command_.get_name())));
  }

  std::string text_of(const std::string& name, const toml::node& value) const {
    if (const auto* text = value.as_string()) {
      if (text->get().empty())
        fail(value.source().begin, fmt::format("{} is empty", printable(name)),
             "give a value, or leave the line out");
      return text->get();
    }
    if (const auto* whole = value.as_integer()) return fmt::format("{}", whole->get());
    if (const auto* number = value.as_floating_point()) return fmt::format("{}", number->get());
    fail(value.source().begin, fmt::format("{} is neither a text nor a number", printable(name)),
         "write it as on the command line, in quotes");
  }

  ConfigFlag flag(const CLI::Option& option, std::optional<std::string> value,
                  const toml::node& at) const {
    return {option.get_name(), std::move(value), place(at.source().begin)};
  }

  std::vector<ConfigFlag> given_switch(const CLI::Option& option, const std::string& name,
                                       const toml::node& value) const {
    const auto* is_on = value.as_boolean();
    if (is_on == nullptr)
      fail(value.source().begin, fmt::format("{} is neither true nor false", printable(name)), "");
    if (!is_on->get()) return {};
    return {flag(option, {}, value)};
  }

  std::vector<ConfigFlag> given(const CLI::Option& option, const std::string& name,
                                const toml::node& value) const {
    const std::size_t most = static_cast<std::size_t>(option.get_items_expected_max());
    if (most == 0) return given_switch(option, name, value);
    if (!value.is_array()) return {flag(option, text_of(name, value), value)};
    std::vector<ConfigFlag> out;
    if (most == 1 && option.get_type_name() == "FILE")
      fail(value.source().begin, fmt::format("{} names one file", printable(name)),
           "write a text, not a list");
    for (const toml::node& own : *value.as_array())
      if (most == 1 && !out.empty())
        *out.front().value += "," + text_of(name, own);
      else
        out.push_back(flag(option, text_of(name, own), own));
    return out;
  }

  const std::string& path_;
  const CLI::App& command_;
  toml::table table_;
  std::map<std::string, std::vector<ConfigFlag>> flags_;
};

bool continues_flag(char c) { return c == '-' || (c >= 'a' && c <= 'z'); }

// Whether the text names it, and no longer flag that begins like it.
bool names_flag(const std::string& said, const std::string& flag) {
  for (std::size_t at = 0; (at = said.find(flag, at)) != std::string::npos; at += flag.size())
    if (at + flag.size() == said.size() || !continues_flag(said[at + flag.size()])) return true;
  return false;
}

bool quotes(const std::string& said, const std::optional<std::string>& value) {
  const std::string whole = printable(value.value_or(""));
  const std::string own = whole.substr(0, whole.find('='));  // of NAME=VALUE the name
  return !own.empty() && (said.find("'" + own + "'") != std::string::npos ||
                          said.find('"' + own + '"') != std::string::npos);
}

}  // namespace

// Of several values of a flag the one that is quoted is meant. What a file has against a text of
// its own may quote the value of any flag by chance: there the flag must be named.
std::string ConfiguredWords::place_of(const std::string& said, bool is_of_file) const {
  std::string out;
  for (const ConfigFlag& own : from_file) {
    const bool is_named = names_flag(said, own.flag), is_quoted = quotes(said, own.value);
    if (is_named && is_quoted) return own.place;
    if (out.empty() && (is_named || (is_quoted && !is_of_file))) out = own.place;
  }
  return out;
}

std::string ConfiguredWords::placed(const std::string& said) const {
  const std::string place = place_of(said, false);
  return place.empty() ? said : place + ": " + said;
}

InputError ConfiguredWords::placed(const InputError& error) const {
  const std::string place = place_of(as_flags(error.what()), !error.path.empty());
  if (place.empty()) return error;
  if (error.path.empty())
    return InputError(place, error.line, error.column, error.message, error.hint);
  const std::string hint = (error.hint.empty() ? "" : error.hint + "; ") + "see " + place;
  return InputError(error.path, error.line, error.column, error.message, hint);
}

ConfiguredWords with_config(std::vector<std::string> words, const CLI::App& app) {
  ConfiguredWords out{std::move(words), {}};
  const auto path = typed_value(out.words, kFlag);
  if (!path || path->empty() || out.words[0].starts_with('-')) return out;
  const CLI::App& command = *app.get_subcommand(out.words[0]);
  if (command.get_option_no_throw(kFlag) == nullptr) return out;
  for (const auto& [flag, own] : ConfigFile(*path, command).flags())
    if (!typed_value(out.words, flag))
      out.from_file.insert(out.from_file.end(), own.begin(), own.end());
  std::vector<std::string> further;
  for (const ConfigFlag& own : out.from_file)
    further.push_back(own.value ? own.flag + "=" + *own.value : own.flag);
  const auto end_of_flags = std::find(out.words.begin(), out.words.end(), "--");
  out.words.insert(end_of_flags, further.begin(), further.end());
  return out;
}

}  // namespace isoloss
