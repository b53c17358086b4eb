#include "host/commands/commands.h"

namespace isoloss {

std::span<const Command> all_commands() {
  static constexpr Command kCommands[] = {
      {"fit", "Fit a law to a file of runs: best fit, intervals, compute-optimal model",
       fit_command},
      {"merge", "Join the shards of a fit whose bootstrap was made in parts: its report and files",
       merge_command},
      {"predict", "Predict new runs, or a curve under another schedule, with a saved fit",
       predict_command},
      {"count", "Count parameters and FLOP of a transformer by each convention, or convert counts",
       count_command},
      {"race", "Race training curves of several sizes: who is ahead at equal compute, tokens, time",
       race_command},
      {"optimum", "What to train for a budget, or to reach a loss, and to serve", optimum_command},
      {"compare-optima", "What each school would train for a budget, side by side",
       compare_optima_command},
      {"forecast", "What to train in the years ahead, if compute, efficiency and data grow as said",
       forecast_command},
      {"compare-laws", "Which law predicts best what it was not fitted to", compare_laws_command},
      {"backtest", "What would have been forecast of the largest runs from those before them",
       backtest_command},
      {"isoflop", "Read the best model of each budget off its runs: approach 2, with intervals",
       isoflop_command},
      {"envelope", "Read the best size off the envelope of training curves: approach 1",
       envelope_command},
      {"laws", "List the laws, or describe one of them", laws_command},
      {"datasets", "List the published data sets that come with the program, or describe one",
       datasets_command},
      {"verify", "Make published fits again and compare what comes out with what was published",
       verify_command},
      {"doctor", "Show what can be used here: vector lanes, threads, CUDA, and what is missing",
       doctor_command},
      {"explain", "What a warning or a status means, and what to do about it", explain_command},
  };
  return kCommands;
}

}  // namespace isoloss
