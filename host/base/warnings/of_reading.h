// What is warned of about a file of runs.

#pragma once

#include <array>

#include "host/base/warnings/entry.h"

namespace isoloss {

inline constexpr std::array kReadingWarnings{
    WarningEntry{"not_utf8",
                 "the file is not UTF-8 (line {}): bytes kept as they are; save it as UTF-8 if "
                 "names look wrong.",
                 "a line of the file is not UTF-8",
                 "names of columns and runs may not be those that were meant",
                 "save the file as UTF-8"},
    WarningEntry{"thousands_separators", "thousands separators read, first in line {}: {}.",
                 "a number has commas between its thousands",
                 "a comma may have been meant as a decimal point",
                 "look at the line; write numbers without separators"},
    WarningEntry{"columns_renamed", "read {}; choose others with ``column``.",
                 "a column was recognised by another name than the program's own",
                 "the column may hold something else",
                 "look at what was read as what; ``column`` NAME=HEADER chooses", 0, true},
    WarningEntry{"column_derived",
                 "{} derived as {}, because the file has no such column; change the factor with "
                 "``flops-per-token-param``.",
                 "a size that the law reads was computed from two others",
                 "C = 6 N D is an approximation, and every optimum rests on its factor",
                 "add the column, or give ``flops-per-token-param``"},
    WarningEntry{"tokens_below_params",
                 "tokens (D) < params (N) in {} of {}: swapped? Then use {} {}.",
                 "more than the share {:g} of the runs have fewer tokens than parameters",
                 "the two columns may be swapped, and a law fitted to them would be too",
                 "check which column is which; ``column`` names them", 0.5},
    WarningEntry{
        "counts_too_small",
        "{} are at most {:.5g}: in millions or billions? Then use ``unit`` {}=M or ``unit`` "
        "{}=B.",
        "the largest model or the most tokens are fewer than {:g}",
        "no language model is so small: weights and budgets would be in other units",
        "give ``unit`` params=M, or whatever the file counts in", 1e4},
    WarningEntry{
        "counts_are_logs", "{} are at most {:.5g}: logarithms? Then use ``unit`` {}=log10.",
        "a header speaks of logarithms and the largest number is below {:g}",
        "a law of N and D takes the numbers themselves", "give ``unit`` params=log10, or log", 1e4},
    WarningEntry{"groups_mixed",
                 "one law for rows of {} of {} ({}): each may have its own; fit one with ``where`` "
                 "'`{}` == {}'. If it names runs: {}.",
                 "a column that names a data set, a family or an experiment has several values",
                 "runs of different data or recipes follow different laws",
                 "fit them one by one with ``where``, or say that the column names runs"},
    WarningEntry{
        "runs_inferred",
        "{} with equal params and rising tokens are taken as checkpoints of {}, resampled "
        "as a whole: name the column of runs with ``group``, or say ``group`` none if they are "
        "runs of their own.",
        "ten or more rows one behind the other have one N and rising D, and no column "
        "names runs",
        "checkpoints of one run are not independent: intervals would be too narrow",
        "name the column of runs with ``group``, or say ``group`` none"},
    WarningEntry{"header_scales",
                 "numbers are scaled as their headers say: {}; ``unit`` QUANTITY=1 takes them as "
                 "they stand.",
                 "a header ends in (M), (B) or the like",
                 "a wrong scale moves every weight and budget",
                 "nothing if it is right; else ``unit`` QUANTITY=1"},
    WarningEntry{
        "perplexity_as_loss",
        "{} is read as a loss in nats per token: a perplexity? Then use ``unit`` loss=ppl.",
        "a header speaks of perplexity", "perplexity is the exponential of the loss",
        "give ``unit`` loss=ppl"},
    WarningEntry{"duplicate_rows",
                 "{} of other rows: kept and counted again, so intervals may be too narrow; remove "
                 "copies of the same run from the file.",
                 "a row is an exact copy of another",
                 "a copy is no new evidence, yet the bootstrap counts it as such",
                 "remove copies of the same run from the file"},
    WarningEntry{"unfinished_runs",
                 "{} not finished ({}): kept; drop such runs with ``where`` '{} == \"finished\"'.",
                 "a column State says that a run crashed, failed, was killed or still runs",
                 "its last loss is not that of a finished run", "drop such runs with ``where``"},
    WarningEntry{"flops_differ",
                 "flops (C) differ from {0} by more than 1% in {1} of {2}: C / ({0}) is {3:.4g} to "
                 "{4:.4g}; C is used as the file has it.",
                 "the file's compute differs from 6 N D by more than the share {:g}",
                 "N may not count embeddings, or C may count attention: budgets are in the file's "
                 "FLOP then, optima in 6 N D",
                 "see what N and C count: isoloss count; or give ``flops-per-token-param``", 0.01},
    WarningEntry{"lr_between_rows",
                 "the learning rate is taken to be {}; ``schedule`` gives it at every step.",
                 "rows with a learning rate are more than a step apart",
                 "what the learning rate did between them is assumed",
                 "give the whole schedule: ``schedule``"},
    WarningEntry{"history_thinned",
                 "a learning rate turns more often than {} nodes can tell: errors of the falls up "
                 "to {:.1g} of the peak rate.",
                 "the history of a learning rate is kept with an error above {:g} of its peak",
                 "the law sees a smoother schedule than the run had",
                 "fit fewer rows of the run, or a schedule with fewer turns", 1e-4},
};

}  // namespace isoloss
