#include "host/commands/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/option_error.h"
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

  ConfigPart part(const std::string& text, const toml::node& at) const {
    return {text, place(at.source().begin)};
  }

  std::vector<ConfigFlag> given_switch(const CLI::Option& option, const std::string& name,
                                       const toml::node& value) const {
    const auto* is_on = value.as_boolean();
    if (is_on == nullptr)
      fail(value.source().begin, fmt::format("{} is neither true nor false", printable(name)), "");
    if (!is_on->get()) return {};
    return {{option.get_name(), {}, {part("", value)}}};
  }

  ConfigFlag given_text(const CLI::Option& option, const std::string& name,
                        const toml::node& value) const {
    const std::string text = text_of(name, value);
    return {option.get_name(), text, {part(text, value)}};
  }

  std::vector<ConfigFlag> given(const CLI::Option& option, const std::string& name,
                                const toml::node& value) const {
    const std::size_t most = static_cast<std::size_t>(option.get_items_expected_max());
    if (most == 0) return given_switch(option, name, value);
    if (!value.is_array()) return {given_text(option, name, value)};
    std::vector<ConfigFlag> out;
    if (most == 1 && option.get_type_name() == "FILE")
      fail(value.source().begin, fmt::format("{} names one file", printable(name)),
           "write a text, not a list");
    for (const toml::node& own : *value.as_array()) {
      const ConfigFlag further = given_text(option, name, own);
      if (most == 1 && !out.empty()) {
        *out.front().value += "," + *further.value;
        out.front().parts.push_back(further.parts.front());
      } else {
        out.push_back(further);
      }
    }
    return out;
  }

  const std::string& path_;
  const CLI::App& command_;
  toml::table table_;
  std::map<std::string, std::vector<ConfigFlag>> flags_;
};

bool continues_flag(char c) { return c == '-' || (c >= 'a' && c <= 'z'); }

// Where the text names it, and no longer flag that begins like it; npos if it does not.
std::size_t named_at(const std::string& said, const std::string& flag) {
  std::size_t at = 0;
  while ((at = said.find(flag, at)) != std::string::npos) {
    const std::size_t end = at + flag.size();
    if (end == said.size() || !continues_flag(said[end])) break;
    at = end;
  }
  return at;
}

// Without what is the user's: what stands in quotation marks, and what a caret points into, in
// lines of its own.
std::string unquoted(const std::string& said) {
  std::string out;
  bool is_quoted = false;
  for (const char c : said.substr(0, said.find('\n'))) {
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted) out += c;
  }
  return out;
}

// Of NAME=VALUE the name too.
bool is_part(const ConfigPart& part, const std::string& value) {
  return part.text == value || part.text.starts_with(value + "=");
}

// Of the flag's values the one at fault, else the first; empty where the file does not give it.
std::string place_of(const std::vector<ConfigFlag>& flags, const std::string& flag,
                     const std::string& value) {
  std::string first;
  for (const ConfigFlag& own : flags) {
    if (own.flag != flag) continue;
    for (const ConfigPart& part : own.parts) {
      if (!value.empty() && is_part(part, value)) return part.place;
      if (first.empty()) first = part.place;
    }
  }
  return first;
}

std::string place_of(const std::vector<ConfigFlag>& flags, const InputError& error) {
  if (const auto* own = dynamic_cast<const OptionError*>(&error))
    return place_of(flags, "--" + own->option, own->value);
  const std::string said = unquoted(as_flags(error.message));
  std::size_t earliest = std::string::npos;
  std::string out;
  for (const ConfigFlag& own : flags) {
    const std::size_t at = named_at(said, own.flag);
    if (at >= earliest) continue;
    earliest = at;
    out = own.parts.front().place;
  }
  return out;
}

}  // namespace

std::string ConfiguredWords::placed(const UsageError& error) const {
  const std::string place = place_of(from_file, error.flag, error.value);
  return place.empty() ? error.said : place + ": " + error.said;
}

InputError ConfiguredWords::placed(const InputError& error) const {
  const std::string place = place_of(from_file, error);
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
