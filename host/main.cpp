// Parses, runs one command, and turns what happened into the exit code:
//   0 done, with warnings too    1 finished, but the fit did not converge or is not identifiable,
//                                  or it is not what was published
//   2 bad input or usage         3 the asked device is absent or failed
//   4 output cannot be written   70 our own error              130 interrupted

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <memory>
#include <sstream>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/commands/commands.h"
#include "host/report/wrap.h"

namespace {

enum ExitCode : int {
  kBadInput = 2,
  kNoDevice = 3,
  kNoOutput = 4,
  kOwnError = 70,
  kInterrupted = 130,
};

void on_interrupt(int) { isoloss::interrupted = true; }

// What was typed and is too long to be said again is cut, but for names of files.
std::string with_short_arguments(std::string text, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string own = argv[i];
    constexpr std::size_t kLong = 60, kLongestPath = 255;
    const bool is_path = own.find('/') != std::string::npos && own.size() <= kLongestPath;
    if (own.size() <= kLong || is_path) continue;
    for (std::size_t at; (at = text.find(own)) != std::string::npos;)
      text.replace(at, own.size(), isoloss::printable(own));
  }
  return text;
}

int fail(int code, const std::string& what) {
  fmt::print(stderr, "isoloss: {}\n", isoloss::escaped(what));
  return code;
}

// Breaks descriptions into lines that fit a terminal.
class WrappingFormatter : public CLI::Formatter {
 public:
  std::string make_option_desc(const CLI::Option* option) const override {
    constexpr std::size_t kWidth = 68;  // beside the column of names
    std::string text = isoloss::wrapped(CLI::Formatter::make_option_desc(option), 0, kWidth, 0);
    text.pop_back();
    return text;
  }
};

// Help and version are no errors; everything else the parser says is usage.
int parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream said, refused;
    const bool is_asked = app.exit(error, said, refused) == 0;
    fmt::print(stdout, "{}", said.str());
    fmt::print(stderr, "{}", isoloss::escaped(with_short_arguments(refused.str(), argc, argv)));
    return is_asked ? -1 : kBadInput;
  }
  return 0;
}

int run(const isoloss::Command& command, int argc, char** argv) {
  try {
    return command();
  } catch (const isoloss::InputError& error) {
    return fail(kBadInput, with_short_arguments(error.what(), argc, argv));
  } catch (const isoloss::DeviceError& error) {
    return fail(kNoDevice, error.what());
  } catch (const isoloss::OutputError& error) {
    return fail(kNoOutput, error.what());
  } catch (const isoloss::Interrupted&) {
    return fail(kInterrupted, "interrupted; nothing was written");
  } catch (const std::exception& error) {
    return fail(kOwnError, error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  CLI::App app(
      "Fits neural scaling laws to training runs: the global optimum, its intervals and the\n"
      "compute-optimal model.",
      "isoloss");
  app.formatter(std::make_shared<WrappingFormatter>());
  app.set_version_flag("--version", ISOLOSS_VERSION);
  app.require_subcommand(1);
  app.footer(
      "isoloss COMMAND --help describes a command.\n"
      "Exit code: 0 done, 1 the fit did not converge, is not identifiable or not what was "
      "published,\n"
      "2 bad input, 3 no device, 4 output cannot be written, 70 our own error, 130 interrupted.");
  isoloss::Command command;
  isoloss::add_fit_command(app, command);
  isoloss::add_predict_command(app, command);
  isoloss::add_count_command(app, command);
  isoloss::add_race_command(app, command);
  isoloss::add_optimum_command(app, command);
  isoloss::add_compare_optima_command(app, command);
  isoloss::add_forecast_command(app, command);
  isoloss::add_laws_command(app, command);
  isoloss::add_datasets_command(app, command);
  isoloss::add_verify_command(app, command);
  isoloss::add_doctor_command(app, command);
  isoloss::add_explain_command(app, command);
  const int usage = parse(app, argc, argv);
  if (usage != 0) return usage < 0 ? 0 : usage;
  return run(command, argc, argv);
}
