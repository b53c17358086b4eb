// The subcommands: each adds its flags and help to the parser and sets what runs.

#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace isoloss {

// What the chosen subcommand does; returns the exit code.
using Command = std::function<int()>;

void add_fit_command(CLI::App& app, Command& chosen);
void add_predict_command(CLI::App& app, Command& chosen);
void add_count_command(CLI::App& app, Command& chosen);
void add_race_command(CLI::App& app, Command& chosen);
void add_optimum_command(CLI::App& app, Command& chosen);
void add_compare_optima_command(CLI::App& app, Command& chosen);
void add_forecast_command(CLI::App& app, Command& chosen);
void add_laws_command(CLI::App& app, Command& chosen);
void add_datasets_command(CLI::App& app, Command& chosen);
void add_verify_command(CLI::App& app, Command& chosen);
void add_doctor_command(CLI::App& app, Command& chosen);
void add_explain_command(CLI::App& app, Command& chosen);

}  // namespace isoloss
