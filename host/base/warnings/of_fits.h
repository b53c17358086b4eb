// How a fit may end, and what is warned of about it.

#pragma once

#include <array>

#include "host/base/warnings/entry.h"

namespace isoloss {

inline constexpr std::array kFitWarnings{
    WarningEntry{"converged", "the fit converged to the best optimum found",
                 "the gradient is proved to be zero and the Hessian to be positive definite",
                 "it is the status of a sound fit", "nothing is to be done"},
    WarningEntry{"not_identifiable", "{}{}; {}: {}",
                 "the condition number of the runs' design is above {:g}, the least objective is "
                 "level, or there are no more runs than parameters",
                 "other parameters fit as well, so neither they nor optima mean anything",
                 "add runs that vary what the warning names, or hold a parameter with ``fix``",
                 1e3},
    WarningEntry{"weakly_identifiable", "{}{}: {}",
                 "the condition number of the runs' design is above {:g}",
                 "single parameters are rough, though what the law predicts near the runs is not",
                 "trust predictions near the runs more than single parameters", 1e2},
    WarningEntry{
        "optimum_withheld", "no optimum is given: {}",
        "the law has compute-optimal models, but the fit is not identifiable",
        "an optimum of parameters that are left open is no finding",
        "settle what the warning not_identifiable names; isoloss optimum shows the numbers "
        "all the same"},
    WarningEntry{
        "response_rises", "{}: {}",
        "the log of what is fitted correlates with log N or log D by more than {:g}, where "
        "the law falls with both",
        "the law cannot follow the runs", "choose a law that rises, or fit 1 - accuracy", 0.5},
    WarningEntry{
        "breaks_merge",
        "breaks {0} and {1} merge: only the sum of their slopes and their common place and "
        "width are determined; the runs show {2} break{3}, so fit a law with as many",
        "two breaks of a broken power stand within each other's width",
        "only their sum is determined", "fit a law with fewer breaks"},
    WarningEntry{"not_converged", "{}; try {}{}",
                 "the gradient is not zero, or the Hessian is not positive definite",
                 "it is not proved to be an optimum, so a lower one may be near",
                 "try more starts, or a larger ``huber-delta``"},
    WarningEntry{"unconfirmed", "{}: {}, or a law with fewer parameters",
                 "no second start ended in the best optimum found, or a profile met a lower one",
                 "a lower optimum may well exist", "search more: ``effort`` or ``starts``"},
    WarningEntry{"at_bound", "a parameter ended at its bound: its interval is one-sided",
                 "the status of a fit of which a parameter ended at a bound",
                 "the data want it beyond, or the law does not suit them",
                 "see the warning parameter_at_bound"},
    WarningEntry{"search_form_at_bound",
                 "{} is {} where the search of {} ends: the law may not hold for these runs",
                 "a law that is searched in another form ended at that form's bound",
                 "the runs ask for a law of another shape",
                 "fit a law with fewer parameters, or look for outliers"},
    WarningEntry{
        "parameter_at_bound", "{} is at its {} bound {}: {}",
        "a parameter that the runs determine ended at its bound",
        "its interval is one-sided, and the law may not hold for these runs",
        "move a bound that is the program's default with ``bound``, or choose another law"},
    WarningEntry{"bound_widened",
                 "{} left the program's default bound, where the objective is higher; ``bound`` {} "
                 "keeps it",
                 "a default bound was moved because the fit is better beyond it",
                 "the value is unusual for this law", "see whether the law suits the runs"},
    WarningEntry{
        "flat_optimum",
        "the least objective is proved but level: other parameters reach it too, {}; shown "
        "are those of least squares among them",
        "the objective is level at its least within {:g} of a search coordinate",
        "the parameters shown are one choice among equals",
        "add runs, or use ``objective`` squared", 1e-9},
    WarningEntry{"few_starts_agree", "only {} of {} starts reached the best objective: {}{}",
                 "fewer than the share {:g} of at least 50 starts reached the best objective",
                 "what so few starts find, a lower one may hide beside",
                 "search more: ``effort`` or ``starts``", 0.05},
    WarningEntry{"most_beyond_delta",
                 "{:.0f}% of runs lie beyond delta {}, so this is close to a "
                 "least-absolute-deviations fit; ``huber-delta`` {:.1g} would be nearer to least "
                 "squares",
                 "more than the share {:g} of the residuals are larger than ``huber-delta``",
                 "the fit follows medians: few runs decide it, and its optimum has kinks",
                 "give the ``huber-delta`` that the warning names, or ``objective`` squared", 0.5},
    WarningEntry{"outlier", "{}: {} {:g} is an outlier, {} off the fit{}; {} leaves it out",
                 "a residual is more than {:g} robust standard deviations",
                 "a diverged run or one in other units draws the whole fit",
                 "look at the run; ``where`` or ``drop-highest-loss`` leaves it out", 20},
    WarningEntry{
        "lack_of_fit",
        "the law is off these runs by {:.2g} beside their noise, where {} {:.2g}: more than "
        "by chance, so another law may follow them better{}",
        "by chance the law would miss the means of replicated rows, or rows with standard "
        "errors, by as much in less than a share of {:g}",
        "intervals take the misfit for noise, and an extrapolation carries it on",
        "compare laws: isoloss compare-laws; leave out copies: a run written twice tells no noise",
        0.01},
    WarningEntry{"narrow_range",
                 "model sizes span less than a decade ({} to {}): exponents and E are poorly "
                 "determined",
                 "the largest model is less than {:g} times the smallest",
                 "exponents are slopes over the range, and E is what lies beyond it",
                 "add smaller models, which cost least", 10},
    WarningEntry{"intervals_withheld", "no intervals: {}",
                 "more than the share {:g} of the resamples were lost, there are too few runs, or "
                 "the fit is not identifiable",
                 "intervals of the rest would be too narrow",
                 "see the reason; ``objective`` squared has profile intervals", 0.05},
    WarningEntry{"few_runs", "only {} runs are resampled: the intervals are rough",
                 "rows are grouped by run and there are fewer than {:g} runs",
                 "a bootstrap of so few says little",
                 "add runs; or ``objective`` squared with ``intervals`` jackknife", 10},
    WarningEntry{"degenerate_resamples",
                 "{} of {} resamples drew fewer rows than there are free parameters and are in no "
                 "interval: with so few rows the profile-likelihood intervals of ``objective`` "
                 "squared cover better",
                 "more than the share {:g} of the resamples drew too few different rows",
                 "the intervals leave those draws out", "use ``objective`` squared", 0.005},
    WarningEntry{"resamples_not_converged",
                 "{} of {} resamples did not converge; their fits are in the intervals",
                 "more than the share {:g} of the resamples did not converge",
                 "their fits are no optima, and widen or shift the intervals",
                 "see the reasons that the report counts", 0.01},
    WarningEntry{
        "interval_widths_differ",
        "the bootstrap interval of {} is {:.2g} times as wide as its profile interval{}: "
        "the errors have unequal variance or outliers, so trust the bootstrap; ``objective`` "
        "huber bears outliers{}",
        "the widths of two intervals of a parameter differ by more than the share {:g} and "
        "than chance explains",
        "the profile takes errors to be normal and equal, which they are not",
        "trust the bootstrap", 0.25},
    WarningEntry{"profile_found_lower",
                 "a lower objective turned up while {} was held away from its estimate, so this is "
                 "not the best fit: try {}",
                 "a profile met a lower objective than the fit's",
                 "the fit is not the global optimum", "search more: ``effort`` or ``starts``"},
};

}  // namespace isoloss
