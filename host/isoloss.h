// Isoloss as a library: what is public, in one header.
//
//   find_package(isoloss) in CMake, link isoloss::isoloss, and
//
//     #include <isoloss.h>
//     const isoloss::FittedLaw law = isoloss::fit(isoloss::RunSource{{"runs.csv"}, {}});
//
// A law comes from fit(), load_fit() or published(); every question is asked of it by a function of
// its own, and an answer is a plain struct: its
// question, its numbers, its warnings and outcome(). Nothing here prints, knows of a terminal or
// ends the process. Functions may be called from several threads at once.
//
//   throws  InputError for a file, a column, a law or a question that makes no sense; DeviceError
//           if the asked GPU is absent or failed; Interrupted once the work's token is set:
//           FitOptions::stop, or StopScope around any call

#pragma once

#include "host/answers/backtest/backtest.h"
#include "host/answers/compare_laws/compare_laws.h"
#include "host/answers/compare_optima.h"
#include "host/answers/count/count.h"
#include "host/answers/coverage/coverage.h"
#include "host/answers/coverage/simulate.h"
#include "host/answers/envelope/envelope.h"
#include "host/answers/fitted_law.h"
#include "host/answers/forecast/forecast.h"
#include "host/answers/groups/groups.h"
#include "host/answers/influence/influence.h"
#include "host/answers/inspect/inspect.h"
#include "host/answers/isoflop/isoflop.h"
#include "host/answers/optimum/best_pair.h"
#include "host/answers/optimum/optimum.h"
#include "host/answers/optimum/synthetic.h"
#include "host/answers/predict/asked_runs.h"
#include "host/answers/predict/prediction.h"
#include "host/answers/race/race.h"
#include "host/answers/verify/library.h"
#include "host/answers/verify/verify.h"
#include "host/base/error.h"
#include "host/base/stop.h"
#include "host/laws/registry.h"
#include "host/reading/data_sets.h"
