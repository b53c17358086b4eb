// What a fit shows in charts.

#pragma once

#include "host/fit/result.h"
#include "host/reading/run_table.h"
#include "host/report/document.h"

namespace isoloss {

// Loss against compute with the frontier, what to train for a budget, the loss at equal compute,
// lines of equal loss, fitted against measured, residuals, draws of alpha and beta, where the
// starts ended, and profiles: those that the law and the fit have.
std::vector<Chart> fit_charts(const RunTable& runs, const FitResult& fit);

// Parts of it. N, D and loss at budgets from the least run's to the farthest that was asked;
// nothing for a law, or a fit, that has no optima.
std::vector<OptimumEstimate> frontier_of(const RunTable& runs, const FitResult& fit);
// N over budgets, and D, beside what others published.
std::vector<Chart> size_charts(const FitResult& fit, const std::vector<OptimumEstimate>& frontier);
// Loss over budgets and sizes, with the frontier.
Chart isoloss_chart(const RunTable& runs, const FitResult& fit,
                    const std::vector<OptimumEstimate>& frontier);
// A frontier's line, of one of its estimates.
Trace frontier_trace(const std::string& name, const std::vector<OptimumEstimate>& frontier,
                     Estimate OptimumEstimate::*of);
// Runs as points, what is known of each on its label.
Trace run_points(const RunTable& runs, const FitResult& fit, const std::vector<double>& x,
                 const std::vector<double>& y);
// Of some of them.
Trace run_points(const RunTable& runs, const FitResult& fit, const std::vector<std::size_t>& rows,
                 const std::vector<double>& x, const std::vector<double>& y);
// Draws of alpha and beta with the region that holds most of them, beside what others published,
// and of the exponent and the size of the best model; nothing without them.
std::vector<Chart> draws_chart(const FitResult& fit);
// Where the starts ended, and the profile of each parameter; nothing of what the fit has not.
std::vector<Chart> search_charts(const RunTable& runs, const FitResult& fit);

}  // namespace isoloss
