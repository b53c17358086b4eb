#include "host/commands/commands.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"

namespace isoloss {

// Each in a file of its own name.
Work fit_command(CommandLine& line);
Work merge_command(CommandLine& line);
Work figure_command(CommandLine& line);
Work predict_command(CommandLine& line);
Work count_command(CommandLine& line);
Work race_command(CommandLine& line);
Work optimum_command(CommandLine& line);
Work compare_optima_command(CommandLine& line);
Work compare_laws_command(CommandLine& line);
Work backtest_command(CommandLine& line);
Work inspect_command(CommandLine& line);
Work influence_command(CommandLine& line);
Work isoflop_command(CommandLine& line);
Work envelope_command(CommandLine& line);
Work forecast_command(CommandLine& line);
Work coverage_command(CommandLine& line);
Work simulate_command(CommandLine& line);
Work laws_command(CommandLine& line);
Work datasets_command(CommandLine& line);
Work verify_command(CommandLine& line);
Work doctor_command(CommandLine& line);
Work explain_command(CommandLine& line);
Work help_command(CommandLine& line);
Work completion_command(CommandLine& line);
Work man_command(CommandLine& line);

namespace {

constexpr const char* kFitting = "Fit and predict";
constexpr const char* kPlanning = "What to train";
constexpr const char* kJudging = "What to trust";
constexpr const char* kLooking = "Look up";

}  // namespace

std::span<const Command> all_commands() {
  static constexpr Command kCommands[] = {
      {"fit",
       kFitting,
       "Fit a law to a file of runs: best fit, intervals, compute-optimal model",
       {"fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --report fit.html",
        "fit datasets/slimpajama_cosine24.csv --json fit.json --draws draws.npy"},
       fit_command},
      {"merge",
       kFitting,
       "Join the shards of an answer that was made in parts: its report and files",
       {"merge shard-1 shard-2", "merge shard-1 shard-2 --json fit.json --draws draws.npy --quiet"},
       merge_command},
      {"figure",
       kFitting,
       "Draw a chart of a saved fit for a paper, where Python has matplotlib",
       {"figure isoflop --fit fit.json -o isoflop.pdf",
        "figure exponents --fit fit.json --draws draws.npy --width icml -o exponents.svg"},
       figure_command,
       false,
       true},
      {"predict",
       kFitting,
       "Predict new runs, or a curve under another schedule, with a saved fit",
       {"predict --fit fit.json --params 1B,7B --tokens 100B,1T",
        "predict --fit fit.json --draws draws.npy datasets/slimpajama_cosine24.csv"},
       predict_command},
      {"race",
       kFitting,
       "Race training curves of several sizes: who is ahead at equal compute, tokens, time",
       {"race datasets/llama_curves.csv --where \"family == 'llama2'\" --pairs neighbours",
        "race datasets/llama_curves.csv --where \"family == 'llama1'\" --by time"},
       race_command},
      {"optimum",
       kPlanning,
       "What to train for a budget, or to reach a loss, and to serve",
       {"optimum datasets/chinchilla_figure4.csv --compute 1e22,1e24",
        "optimum --published besiroglu2024 --quality-of 13B --inference-tokens 0,1T"},
       optimum_command},
      {"compare-optima",
       kPlanning,
       "What each school would train for a budget, side by side",
       {"compare-optima datasets/chinchilla_figure4.csv --compute 5.76e23",
        "compare-optima --published besiroglu2024 --compute 1e21"},
       compare_optima_command},
      {"forecast",
       kPlanning,
       "What to train in the years ahead, if compute, efficiency and data grow as said",
       {"forecast --published besiroglu2024 --compute 1e25 --growth 4x/year --years 5",
        "forecast datasets/chinchilla_figure4.csv --compute 3.8e25 --from 2024 --growth "
        "4x/year:3x..5x --unique-tokens 300T:100T..1000T --years 6"},
       forecast_command},
      {"isoflop",
       kPlanning,
       "Read the best model of each budget off its runs: approach 2, with intervals",
       {"isoflop datasets/cs336_isoflop.csv", "isoflop datasets/cs336_isoflop.csv --curve cubic"},
       isoflop_command},
      {"envelope",
       kPlanning,
       "Read the best size off the envelope of training curves: approach 1",
       {"envelope datasets/llama_curves.csv --where \"family == 'llama2'\"",
        "envelope datasets/llama_curves.csv --json envelope.json"},
       envelope_command},
      {"count",
       kPlanning,
       "Count parameters and FLOP of a transformer by each convention, or convert counts",
       {"count --layers 32 --d-model 4096 --heads 32 --vocab 32000 --seq 4096",
        "count --count-from kaplan --params 1M,1.5B"},
       count_command},
      {"inspect",
       kJudging,
       "Look at a file of runs before a fit: what was read, what stands out, what it can tell",
       {"inspect datasets/chinchilla_figure4.csv",
        "inspect datasets/cs336_isoflop.csv --law coupled"},
       inspect_command},
      {"influence",
       kJudging,
       "How far the answer moves without each row, size, run or file",
       {"influence datasets/chinchilla_figure4.csv --compute 5.76e23",
        "influence datasets/chinchilla_figure4.csv --drop-highest-loss 5 --each size"},
       influence_command},
      {"compare-laws",
       kJudging,
       "Which law predicts best what it was not fitted to",
       {"compare-laws datasets/chinchilla_figure4.csv --drop-highest-loss 5",
        "compare-laws datasets/chinchilla_figure4.csv --laws chinchilla,kaplan --holdout "
        "top-compute:20%"},
       compare_laws_command},
      {"backtest",
       kJudging,
       "What would have been forecast of the largest runs from those before them",
       {"backtest datasets/chinchilla_figure4.csv --drop-highest-loss 5",
        "backtest datasets/chinchilla_figure4.csv --law coupled"},
       backtest_command},
      {"coverage",
       kJudging,
       "How often intervals hold the truth, on simulated runs of your own design",
       {"coverage datasets/chinchilla_figure4.csv --objective squared --noise gauss:sd=0.0075",
        "coverage datasets/slimpajama_cosine24.csv --sets 50"},
       coverage_command},
      {"simulate",
       kJudging,
       "Runs as a law, a design and a noise would give them, as a file",
       {"simulate datasets/chinchilla_figure4.csv --noise gauss:sd=0.01 --csv simulated.csv",
        "simulate datasets/chinchilla_figure4.csv --set 3 --csv -"},
       simulate_command},
      {"verify",
       kJudging,
       "Make published fits again and compare what comes out with what was published",
       {"verify --list", "verify muennighoff_2023"},
       verify_command},
      {"laws",
       kLooking,
       "List the laws, or describe one of them",
       {"laws", "laws data_constrained"},
       laws_command},
      {"datasets",
       kLooking,
       "List the published data sets that come with the program, or describe one",
       {"datasets", "datasets chinchilla_figure4"},
       datasets_command},
      {"explain",
       kLooking,
       "What a warning or a status means, and what to do about it",
       {"explain", "explain most_beyond_delta"},
       explain_command},
      {"doctor",
       kLooking,
       "Show what can be used here: vector lanes, threads, CUDA, and what is missing",
       {"doctor", "doctor --format markdown"},
       doctor_command},
      {"help",
       kLooking,
       "Describe the program, or one of its commands",
       {"help fit", "help optimum --format markdown"},
       help_command,
       true},
      {"completion",
       kLooking,
       "Write a script that completes command lines in bash, zsh or fish",
       {"completion bash > ~/.local/share/bash-completion/completions/isoloss",
        "completion fish > ~/.config/fish/completions/isoloss.fish"},
       completion_command,
       true,
       true},
      {"man",
       kLooking,
       "Write the manual for man",
       {"man > isoloss.1", "man | man -l -"},
       man_command,
       true,
       true},
  };
  return kCommands;
}

const Command& command_called(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    if (command.name == name) return command;
    names.emplace_back(command.name);
  }
  refuse(fmt::format("no command is called {}", shown(name)),
         did_you_mean(name, names, "isoloss help lists them"));
}

}  // namespace isoloss
