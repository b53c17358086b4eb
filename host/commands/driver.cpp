#include "host/commands/driver.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <list>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/error.h"
#include "host/base/output_file.h"
#include "host/base/progress.h"
#include "host/base/standard_streams.h"
#include "host/base/terminal.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/base/verbose.h"
#include "host/commands/commands.h"
#include "host/commands/config_file.h"
#include "host/commands/flags_json.h"
#include "host/commands/help.h"
#include "host/commands/option_names.h"
#include "host/commands/usage_error.h"
#include "host/report/render.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

// What was typed and is too long to be said again is cut, but for names of files.
std::string with_short_arguments(std::string text, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string own = argv[i];
    constexpr std::size_t kLong = 60, kLongestPath = 255;
    const bool is_path = own.find('/') != std::string::npos && own.size() <= kLongestPath;
    if (own.size() <= kLong || is_path) continue;
    for (std::size_t at; (at = text.find(own)) != std::string::npos;)
      text.replace(at, own.size(), printable(own));
  }
  return text;
}

// A message is one line, but on a terminal, which would break it within words.
void say_in_lines(const std::string& text) {
  const Terminal on = terminal_of(STDERR_FILENO);
  say(on.is_one ? wrapped(text, 0, on.width) : text + "\n");
}

int fail(int code, const std::string& what) {
  say_in_lines("isoloss: " + escaped(as_flags(what)));
  return code;
}

// A command with its flags.
struct Parsed {
  explicit Parsed(CLI::App& app) : line(app) {}

  CommandLine line;
  Work work;
  std::optional<Showing> showing;
};

// An empty value is what a shell makes of a variable that is not set.
void require_values(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands())
    for (const CLI::Option* option : command->get_options())
      for (const std::string& value : option->results())
        require(!value.empty(), option->get_name() + " needs a value",
                "leave it out, or fill it in");
}

// The same of --flag=, for which the parser would take the word behind it.
void require_values(const std::vector<std::string>& words) {
  for (auto word = words.begin(); word != std::find(words.begin(), words.end(), "--"); ++word)
    require(!word->starts_with("--") || word->find('=') + 1 != word->size(),
            word->substr(0, word->size() - 1) + " needs a value", "leave it out, or fill it in");
}

// The parser of the command that is called, and what it read.
class Parser {
 public:
  Parser() : app_("", "isoloss") {
    app_.set_version_flag("--version", ISOLOSS_VERSION);
    app_.require_subcommand(1);
  }

  // Help and version are no errors; everything else the parser says is usage.
  int run(int argc, const char* const* argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    if (argc == 2 && first == "--help-json") {
      add_all();
      print(flags_json(app_));
      return kDone;
    }
    if (first.empty()) {  // that nothing is asked is usage, but no reason to withhold the answer
      show(describe_program());
      return kBadInput;
    }
    if (!first.starts_with('-')) add_called(command_called(first));
    const ConfiguredWords words = with_config({argv + 1, argv + argc}, app_);
    try {
      require_values(words.words);
      app_.parse(std::vector<std::string>(words.words.rbegin(), words.words.rend()));
      require_values(app_);
      return answer(words.words);
    } catch (const InputError& error) {
      throw words.placed(error);
    } catch (const CLI::CallForHelp&) {
      show(app_.get_subcommands().empty() ? describe_program() : describe_command(chosen()));
      return kDone;
    } catch (const CLI::CallForVersion&) {
      print(ISOLOSS_VERSION "\n");
      return kDone;
    } catch (const CLI::ParseError& error) {
      return fail(kBadInput, with_short_arguments(words.placed(usage(error, first)), argc, argv));
    }
  }

 private:
  static void show(const Document& document) {
    print(as_text(document, terminal_of(STDOUT_FILENO)));
  }

  const CLI::App& chosen() const { return *app_.get_subcommands().front(); }

  UsageError usage(const CLI::ParseError& error, const std::string& first) const {
    if (!app_.get_subcommands().empty()) return usage_error(error, chosen());
    return {fmt::format("there is no flag {}; isoloss help lists the commands", printable(first)),
            "", ""};
  }

  void add_all() {
    for (const Command& command : all_commands()) add(command);
  }

  // The flags of all commands would take as long as a small fit.
  void add_called(const Command& command) { command.is_of_all ? add_all() : add(command); }

  void add(const Command& command) {
    Parsed& own = commands_.emplace_back(*app_.add_subcommand(command.name, command.summary));
    own.work = command.add(own.line);
    if (!command.is_text) own.showing.emplace(own.line);
    own.line.app().get_help_ptr()->group(kShowingGroup)->description("This description");
    own.line.app().callback([this, &own] { chosen_ = &own; });
  }

  int answer(const std::vector<std::string>& words) {
    if (chosen_->showing) chosen_->showing->prepare(words);
    Documents documents(chosen_->line, chosen_->showing ? &*chosen_->showing : nullptr);
    const Outcome outcome = worked(documents);
    documents.commit();
    return outcome == Outcome::sound ? kDone : kUnsound;
  }

  Outcome worked(Documents& documents) const {
    const Progress progress(chosen_->line.app().get_name());
    const Verbose verbose(chosen_->showing && chosen_->showing->is_verbose());
    return chosen_->work(documents);
  }

  CLI::App app_;
  std::list<Parsed> commands_;
  Parsed* chosen_ = nullptr;
};

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  try {
    return Parser().run(argc, argv);
  } catch (const InputError& error) {
    return fail(kBadInput, with_short_arguments(error.what(), argc, argv));
  } catch (const DeviceError& error) {
    return fail(kNoDevice, error.what());
  } catch (const OutputError& error) {
    return fail(kNoOutput, error.what());
  } catch (const Interrupted&) {
    return fail(kInterrupted, "interrupted; nothing was written");
  } catch (const std::bad_alloc&) {
    return fail(kOwnError, "out of memory: fewer resamples, or runs, need less");
  } catch (const std::exception& error) {
    return fail(kOwnError, error.what());
  }
}

}  // namespace isoloss
