// The flags of one command: added to the parser, with what the driver must know of them.

#pragma once

#include <CLI/CLI.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/option_error.h"
#include "host/base/shard.h"

namespace isoloss {

// The group in --help of the flags that every command has.
inline constexpr const char* kShowingGroup = "How it is shown";

// A flag says with output() and input() that its value is the path of a file. A value is checked
// where its flag is defined, see checked(), and so in every command that has the flag.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) : app_(&app) {}
  CommandLine(const CommandLine&) = delete;

  CLI::App& app() const { return *app_; }

  // A file that is written, or several: opened before any work, filled by Documents.
  CLI::Option* output(const char* name, const std::string& what);
  CLI::Option* outputs(const char* name, const std::string& what);
  // --json, of a report, say.
  CLI::Option* json(const char* what = "the report");
  // A file that is read: no output may be one.
  CLI::Option* input(const char* name, std::string& path, const std::string& what);
  CLI::Option* inputs(const char* name, std::vector<std::string>& paths, const std::string& what);
  // The same of a flag that may hold a path in its text; path_of gives it, empty for none.
  using PathOf = std::string (*)(const std::string& text);
  void reads(CLI::Option* option, PathOf path_of) { inputs_.push_back({option, path_of}); }
  // The same of what no flag holds: `paths` is asked once the line is parsed.
  using Paths = std::function<std::vector<std::string>()>;
  void reads(Paths paths) { further_.push_back(std::move(paths)); }

  // Its answers never have a chart, so that no flag asks for one.
  void has_no_charts() { may_have_charts_ = false; }
  bool may_have_charts() const { return may_have_charts_; }

  // Whether a flag was typed; false for one that the command does not have.
  bool given(const std::string& flag) const;
  // Names of the flags that were typed, but for these and those of how an answer is shown.
  std::vector<std::string> given_but(const std::vector<std::string>& names) const;
  // The same of those in a group of --help.
  std::vector<std::string> given_in(std::string_view group) const;

  // Shards that make the answer of this line, where others made parts of it.
  void join(std::shared_ptr<const JoinedShards> shards) { joined_ = std::move(shards); }
  const std::shared_ptr<const JoinedShards>& joined() const { return joined_; }

  struct Output {
    std::string flag, path;
  };
  std::vector<Output> asked_outputs() const;
  std::vector<std::string> inputs() const;

 private:
  struct Input {
    CLI::Option* option;
    PathOf path_of;
  };

  CLI::App* app_;
  bool may_have_charts_ = true;
  std::deque<std::vector<std::string>> paths_;  // where the parser puts those of outputs
  std::vector<CLI::Option*> outputs_;
  std::vector<Input> inputs_;
  std::vector<Paths> further_;
  std::shared_ptr<const JoinedShards> joined_;
};

// Calls check(value) for each value of the option as it is parsed; check throws InputError, which
// becomes one about this value.
template <class T>
CLI::Option* checked(CLI::Option* option, std::function<void(const T& value)> check) {
  return option->check([check, name = option->get_single_name()](const std::string& text) {
    T value{};
    const bool is_one = CLI::detail::lexical_cast(text, value);  // what is none, the parser refuses
    try {
      if (is_one) check(value);
    } catch (const InputError& error) {
      throw OptionError(error, name, text);
    }
    return std::string();
  });
}

}  // namespace isoloss
