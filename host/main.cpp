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
#include <string>

#include "host/base/error.h"
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

// A message whose lines fit a screen, however long what was typed is.
std::string shortened(const std::string& message) {
  constexpr std::size_t kLongest = 2000;
  constexpr std::size_t kBehind = 500;
  if (message.size() <= kLongest) return message;
  return message.substr(0, kLongest - kBehind) + " ... " + message.substr(message.size() - kBehind);
}

int fail(int code, const char* what) {
  fmt::print(stderr, "isoloss: {}\n", shortened(what));
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
    if (error.get_exit_code() == 0) return app.exit(error) == 0 ? -1 : kBadInput;
    std::ostringstream text;
    app.exit(error, text, text);
    fmt::print(stderr, "{}", shortened(text.str()));
    return kBadInput;
  }
  return 0;
}

int run(const isoloss::Command& command) {
  try {
    return command();
  } catch (const isoloss::InputError& error) {
    return fail(kBadInput, error.what());
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
  const int usage = parse(app, argc, argv);
  if (usage != 0) return usage < 0 ? 0 : usage;
  return run(command);
}
