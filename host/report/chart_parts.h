// Parts of charts that several answers have.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"

namespace isoloss {

ChartAxis compute_axis();
ChartAxis params_axis();
ChartAxis tokens_axis();
ChartAxis loss_axis();

// `num` values from least to most, evenly in their logs.
std::vector<double> log_spaced(double least, double most, int num);

Trace trace(TraceKind kind, std::string name, std::vector<double> x = {},
            std::vector<double> y = {});
// Adds a point, with its interval if the estimate has one, unless one of both is no number.
void add_point(double x, const Estimate& y, Trace& out);
// A trace with intervals has one at every point, or none.
void keep_whole_intervals(Trace& out);

// N, or D, of published recipes over these budgets, in the count of all parameters.
std::vector<Trace> published_sizes(const std::vector<double>& budgets);
std::vector<Trace> published_tokens(const std::vector<double>& budgets);
// What the same authors published in those two parameters of a law, if it is theirs.
std::vector<Trace> published_params(const std::string& law, const std::string& x,
                                    const std::string& y);

}  // namespace isoloss
