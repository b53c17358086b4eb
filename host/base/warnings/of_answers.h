// What is warned of about an answer: an optimum, a prediction, a forecast, a race.

#pragma once

#include <array>

#include "host/base/warnings/entry.h"

namespace isoloss {

inline constexpr std::array kAnswerWarnings{
    WarningEntry{"extrapolation", "{}",
                 "what is asked costs more than {:g} times the largest run that was fitted, or an "
                 "input to predict lies outside the fitted range",
                 "intervals say how well the law is known, not whether it still holds there",
                 "add larger runs, or ask for less", 10},
    WarningEntry{"no_optimum", "none: within the limits and the law's range there is no optimum",
                 "the loss falls all the way to an end of the range, or does not fall with the "
                 "budget at all",
                 "the law has no compute-optimal model there",
                 "see the fit's own warnings, or raise the limits"},
    WarningEntry{
        "saturated",
        "from {} FLOP on more compute gains nothing and the loss stays {:.5g}: N and D are "
        "the least that reach it{}",
        "the loss of a budget is level to its last digits",
        "the unique tokens are worn out: N and D beyond the least are arbitrary",
        "give more unique tokens, or ask for a smaller budget"},
    WarningEntry{
        "draws_without",
        "up to {:.0f}% of the draws have no such model, for them the loss is out of reach: "
        "the intervals are of the others",
        "at least the share {:g} of the bootstrap's draws have no such model",
        "the intervals leave those draws out", "ask for less, or add runs", 0.005},
    WarningEntry{
        "serving_factor_alone",
        "``serving-factor`` makes serving cheaper and leaves the loss as it is: weights of "
        "fewer bits lose some",
        "``serving-factor`` is not 1", "the loss of a model served in few bits is higher",
        "a law that reads the bits, with ``choose-bits``, weighs both"},
    WarningEntry{"device_left_out",
                 "no row of a device: N of {} is the active parameters, and memory holds all; say "
                 "how many those are with ``total-per-active``",
                 "the rows of ``all`` are asked of a law of a mixture of experts",
                 "what a device holds follows all parameters, which the law does not know",
                 "count both with isoloss count, and give their ratio"},
    WarningEntry{
        "accurate_by_chance",
        "from {:g} samples a query on any model is right in {:.3g}% of the queries: the accuracy "
        "does not fall so low at any loss, and no model is sought there",
        "so many samples reach the accuracy that is asked with a model that knows nothing, because "
        "one sample is right by chance",
        "a verifier that finds the right one among guesses is assumed, and of a task with few "
        "possible answers it says nothing",
        "ask for more, for fewer samples, or take a task whose answers cannot be guessed"},
    WarningEntry{"samples_without",
                 "up to {:.0f}% of the samples have no optimum: the intervals are of the others",
                 "at least the share {:g} of the samples of a forecast have no optimum",
                 "the intervals leave those samples out", "ask for fewer years, or add runs",
                 0.005},
    WarningEntry{
        "isoflop_failed", "approach 2 on the runs is left out: {}",
        "the runs have a column `budget`, and fewer than two of its budgets show their best "
        "model",
        "there is no power law to set beside the others",
        "see isoloss isoflop, or train more sizes at each budget"},
    WarningEntry{
        "mixed_groups",
        "{} has {} values ({}), and runs of all of them are raced: losses compare sizes "
        "only where nothing else differs; choose one with ``where``",
        "a column named like a family, a data set or a recipe has several values among the "
        "runs that are raced",
        "a gap between two families is no gap between two sizes",
        "choose one: ``where`` \"family == 'llama2'\""},
    WarningEntry{"runs_of_one_size",
                 "{} and {} are of one size: their data or recipe differ, and losses compare sizes "
                 "only where nothing else does; choose with ``where``",
                 "two runs that are raced have one size",
                 "their data or recipe differ, which their losses then tell too",
                 "choose with ``where``"},
    WarningEntry{"no_common_budget", "no two sizes have spent the same {}",
                 "no two runs overlap in tokens, compute or time",
                 "there is nothing to compare by that budget", "race by another: ``by``"},
    WarningEntry{"law_at_bound",
                 "the rows do not show where the loss of {} levels off (E, B or beta of its law is "
                 "at a bound): what is extrapolated says little",
                 "the law of a curve ended at a bound", "what is extrapolated from it says little",
                 "race fewer tokens than the curve has, or later rows: ``from``"},
    WarningEntry{
        "budgets_left_out", "{} of {} budgets are left out: {}",
        "the runs of a budget do not show its best model: too few sizes, a loss that falls "
        "to an end of them, or a parabola whose least lies beyond them",
        "the power law goes through the other budgets alone",
        "train smaller or larger models at that budget"},
    WarningEntry{"few_budgets", "{} budgets: a power law goes through any two points",
                 "fewer than three budgets have a best model",
                 "nothing tells whether the best models follow a power law", "add a budget"},
    WarningEntry{
        "method_bias",
        "on this design the method itself is off by {:+.4f} in the exponent, without any "
        "noise",
        "on losses of the fitted law, without noise, the exponent misses that of the law's "
        "own optima by more than {:g} standard errors",
        "the interval is of the noise and does not hold what the method is off by",
        "trust the parametric fit more, or use a cubic, or sizes nearer to the best", 0.5},
    WarningEntry{
        "forecast_failed",
        "stopped at {}, the intervals of a new run hold {:.0f}% of the later runs, and promise "
        "{:.3g}%",
        "less than the share {:g} of the runs behind a stop lie in the intervals of a new "
        "run",
        "the law, its objective or the few runs before the stop do not carry that far",
        "compare laws by what they predict, or do not extrapolate so far", 0.8},
    WarningEntry{"coverage_missed",
                 "the interval of {} holds the truth in {:.1f}% of the sets, and promises {:.3g}%",
                 "the share of simulated sets whose percentile interval holds the truth is more "
                 "than {:g} standard errors off the confidence",
                 "on this design and with this noise intervals are too narrow, or too wide",
                 "see which way to an interval comes nearer, name the column of runs, or add runs",
                 3},
    WarningEntry{
        "decisive_runs",
        "the answer hangs on few runs: {}; look at them, and say so if they are right",
        "the answer of all runs lies outside the interval that the rest gives without a row, a "
        "size, "
        "a run, a file or all outliers, by more than {:g} times the distance to its end; or the "
        "rest "
        "gives none",
        "the interval takes the runs for many alike, and these are not like the rest",
        "correct a fault, or leave such rows out with ``where`` 'row != 17'; add runs like those "
        "that are right",
        1},
    WarningEntry{"laws_alike",
                 "the runs do not tell {} from {}: on what was held out they are off alike, within "
                 "chance",
                 "the interval of a law's error beyond the best law's holds zero",
                 "another sample of runs could rank them the other way",
                 "hold out more, or add larger runs; where they disagree, the answer is a range"},
    WarningEntry{"unsound_folds", "{} of {} fits to what was left are unsound, most of {}",
                 "a fit to the runs that were not held out did not converge, or its parameters are "
                 "not identifiable",
                 "the error of that law may be that of a bad fit, not of the law",
                 "hold out less, or compare laws of fewer parameters"},
    WarningEntry{
        "unfinished_schedules",
        "{:.0f}% of the envelope lies before the last fifth of its runs, where a learning rate "
        "that decays to the end of a run has yet to lower the loss",
        "more than the share {:g} of the points of an envelope lie before the last fifth of the "
        "tokens of the run that is the best there",
        "under decaying schedules losses in the middle of a run are too high, more so the longer "
        "the run goes on, which moves the best size: Kaplan et al. 2020 found N ~ C^0.73 so",
        "use runs whose schedules end at several lengths, or constant learning rates; else isoflop "
        "or fit on the ends of runs",
        0.5},
    WarningEntry{"few_sizes",
                 "only {} sizes are the best anywhere: a power law goes through any two",
                 "fewer than three sizes are the best between a smaller and a larger one",
                 "nothing tells whether the best sizes follow a power law",
                 "train more sizes, closer to each other"},
    WarningEntry{"rows_averaged", "long curves are means of neighbouring rows: {}",
                 "a curve has more rows than are smoothed one by one",
                 "details between neighbouring rows are lost", "nothing need be done"},
};

}  // namespace isoloss
