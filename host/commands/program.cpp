// Parses, runs one command, and turns what happened into the exit code:
//   0 done, with warnings too    1 finished, but the fit did not converge or is not identifiable,
//                                  or it is not what was published
//   2 bad input or usage         3 the asked device is absent or failed
//   4 output cannot be written   70 our own error              130 interrupted

#include "host/commands/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <sstream>
#include <string_view>

#include "host/base/call.h"
#include "host/base/error.h"
#include "host/base/threads.h"
#include "host/commands/commands.h"
#include "host/commands/flags_json.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

int fail(int code, const char* what) {
  print_error(fmt::format("isoloss: {}\n", what));
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

void describe(CLI::App& app) {
  app.formatter(std::make_shared<WrappingFormatter>());
  app.set_version_flag("--version", ISOLOSS_VERSION);
  app.require_subcommand(1);
  app.footer(
      "isoloss COMMAND --help describes a command.\n"
      "Exit code: 0 done, 1 the fit did not converge, is not identifiable or not what was "
      "published,\n"
      "2 bad input, 3 no device, 4 output cannot be written, 70 our own error, 130 interrupted.");
}

void add_commands(CLI::App& app, Command& command) {
  add_fit_command(app, command);
  add_predict_command(app, command);
  add_count_command(app, command);
  add_race_command(app, command);
  add_optimum_command(app, command);
  add_compare_optima_command(app, command);
  add_forecast_command(app, command);
  add_laws_command(app, command);
  add_datasets_command(app, command);
  add_verify_command(app, command);
  add_doctor_command(app, command);
}

// Help and version are no errors; everything else the parser says is usage.
int parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, err;
    const int code = app.exit(error, out, err);
    print_output(out.str());
    print_error(err.str());
    return code == 0 ? -1 : kBadInput;
  }
  return 0;
}

int run(const Command& command) {
  try {
    return command();
  } catch (const InputError& error) {
    return fail(kBadInput, error.what());
  } catch (const DeviceError& error) {
    return fail(kNoDevice, error.what());
  } catch (const OutputError& error) {
    return fail(kNoOutput, error.what());
  } catch (const Interrupted&) {
    return fail(kInterrupted, "interrupted; nothing was written");
  } catch (const std::exception& error) {
    return fail(kOwnError, error.what());
  }
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app(
      "Fits neural scaling laws to training runs: the global optimum, its intervals and the\n"
      "compute-optimal model.",
      "isoloss");
  describe(app);
  Command command;
  add_commands(app, command);
  if (argc == 2 && argv[1] == std::string_view("--help-json")) {
    print_output(flags_json(app));
    return kDone;
  }
  const int usage = parse(app, argc, argv);
  if (usage != 0) return usage < 0 ? kDone : usage;
  return run(command);
}

}  // namespace isoloss
