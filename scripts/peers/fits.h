// One function a peer: moves theta from a start to where that peer stops.

#pragma once

#include <nlopt.h>

#include "objective.h"
#include "problem.h"

// Ceres: Levenberg-Marquardt on one residual a run with its HuberLoss, tight tolerances.
void ceres_fit(const Problem& problem, Theta& theta);

// Ceres TinySolver on residuals whose squares are the Huber losses (it knows no robust loss).
void tiny_solver_fit(const Problem& problem, Theta& theta);

void nlopt_fit(nlopt_algorithm algorithm, const Objective& objective, Theta& theta);

// tight: a gradient tolerance that reaches the optimum. Otherwise liblbfgs' own tolerance.
void lbfgs_fit(const Objective& objective, bool tight, Theta& theta);
