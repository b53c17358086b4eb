#include "host/commands/driver.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <list>
#include <memory>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/error.h"
#include "host/base/output_file.h"
#include "host/base/standard_streams.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/commands/commands.h"
#include "host/commands/flags_json.h"
#include "host/commands/option_names.h"
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

int fail(int code, const std::string& what) {
  say(fmt::format("isoloss: {}\n", escaped(as_flags(what))));
  return code;
}

// Breaks descriptions into lines that fit a terminal.
class WrappingFormatter : public CLI::Formatter {
 public:
  std::string make_option_desc(const CLI::Option* option) const override {
    constexpr std::size_t kWidth = 68;  // beside the column of names
    std::string text = wrapped(CLI::Formatter::make_option_desc(option), 0, kWidth, 0);
    text.pop_back();
    return text;
  }
};

// A command with its flags.
struct Parsed {
  explicit Parsed(CLI::App& app) : line(app) {}

  CommandLine line;
  Work work;
  std::optional<Showing> showing;
};

// The parser of all commands, and which one was chosen.
class Program {
 public:
  Program() : app_(kSummary, "isoloss") {
    app_.formatter(std::make_shared<WrappingFormatter>());
    app_.set_version_flag("--version", ISOLOSS_VERSION);
    app_.require_subcommand(1);
    app_.footer(kFooter);
    for (const Command& command : all_commands()) add(command);
  }

  // Help and version are no errors; everything else the parser says is usage.
  int run(int argc, const char* const* argv) {
    if (argc == 2 && argv[1] == std::string_view("--help-json")) {
      print(flags_json(app_));
      return kDone;
    }
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      std::ostringstream out, messages;
      const bool is_help = app_.exit(error, out, messages) == 0;
      print(out.str());
      say(escaped(with_short_arguments(messages.str(), argc, argv)));
      return is_help ? kDone : kBadInput;
    }
    return answer({argv + 1, argv + argc});
  }

 private:
  static constexpr const char* kSummary =
      "Fits neural scaling laws to training runs: the global optimum, its intervals and the\n"
      "compute-optimal model.";
  static constexpr const char* kFooter =
      "isoloss COMMAND --help describes a command.\n"
      "Exit code: 0 done, 1 the fit did not converge, is not identifiable or not what was "
      "published,\n"
      "2 bad input, 3 no device, 4 output cannot be written, 70 our own error, 130 interrupted.";

  void add(const Command& command) {
    Parsed& own = commands_.emplace_back(*app_.add_subcommand(command.name, command.summary));
    own.work = command.add(own.line);
    own.showing.emplace(own.line);
    own.line.app().callback([this, &own] { chosen_ = &own; });
  }

  int answer(const std::vector<std::string>& words) {
    chosen_->showing->prepare(words);
    Documents documents(chosen_->line, *chosen_->showing);
    const Outcome outcome = chosen_->work(documents);
    documents.commit();
    return outcome == Outcome::sound ? kDone : kUnsound;
  }

  CLI::App app_;
  std::list<Parsed> commands_;
  Parsed* chosen_ = nullptr;
};

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  try {
    return Program().run(argc, argv);
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
