// How often intervals hold the truth, and simulated runs, as documents, as JSON and as CSV.

#pragma once

#include <string>

#include "host/answers/coverage/coverage.h"
#include "host/answers/coverage/simulate.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_coverage(const Coverage& answer);
std::string coverage_json(const Coverage& answer);

Document describe_simulated(const Simulated& answer);
// One line a run, in the order of the design; numbers with all digits.
std::string simulated_csv(const Simulated& answer);

}  // namespace isoloss
