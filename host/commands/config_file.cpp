#include "host/commands/config_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"
#include "host/commands/commands.h"

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

  // The words of each flag.
  std::map<std::string, std::vector<std::string>> flags() {
    read(table_, true);
    if (const toml::table* own = table_[command_.get_name()].as_table()) read(*own, false);
    return flags_;
  }

 private:
  [[noreturn]] void fail(const toml::source_position& at, const std::string& message,
                         const std::string& hint) const {
    throw InputError(fmt::format("{}:{}:{}", path_, at.line, at.column), 0, "", message, hint);
  }

  void read(const toml::table& table, bool is_of_all) {
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      if (value.is_table() && is_of_all)
        require_command(key, name);
      else
        flags_[flag_called(name)] = words_of(option_called(key, name), name, value);
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
    if (const auto* text = value.as_string()) return text->get();
    if (const auto* whole = value.as_integer()) return fmt::format("{}", whole->get());
    if (const auto* number = value.as_floating_point()) return fmt::format("{}", number->get());
    fail(value.source().begin, fmt::format("{} is neither a text nor a number", printable(name)),
         "write it as on the command line, in quotes");
  }

  std::vector<std::string> words_of(const CLI::Option& option, const std::string& name,
                                    const toml::node& value) const {
    const std::string flag = option.get_name();
    if (option.get_items_expected_max() == 0) {
      if (const auto* is_on = value.as_boolean())
        return is_on->get() ? std::vector<std::string>{flag} : std::vector<std::string>{};
      fail(value.source().begin, fmt::format("{} is neither true nor false", printable(name)), "");
    }
    if (!value.is_array()) return {flag + "=" + text_of(name, value)};
    std::vector<std::string> out;
    for (const toml::node& own : *value.as_array()) out.push_back(text_of(name, own));
    if (option.get_items_expected_max() == 1) out = {fmt::format("{}", fmt::join(out, ","))};
    for (std::string& own : out) own = flag + "=" + own;
    return out;
  }

  const std::string& path_;
  const CLI::App& command_;
  toml::table table_;
  std::map<std::string, std::vector<std::string>> flags_;
};

}  // namespace

std::vector<std::string> with_config(std::vector<std::string> words, const CLI::App& app) {
  const auto path = typed_value(words, kFlag);
  if (!path || path->empty() || words[0].starts_with('-')) return words;
  const CLI::App& command = *app.get_subcommand(words[0]);
  if (command.get_option_no_throw(kFlag) == nullptr) return words;
  std::vector<std::string> further;
  for (const auto& [flag, own] : ConfigFile(*path, command).flags())
    if (!typed_value(words, flag)) further.insert(further.end(), own.begin(), own.end());
  const auto end_of_flags = std::find(words.begin(), words.end(), "--");
  words.insert(end_of_flags, further.begin(), further.end());
  return words;
}

}  // namespace isoloss
