// The report of a fit, for people and for programs.

#pragma once

#include <string>

#include "host/fit/result.h"
#include "host/reading/run_table.h"
#include "host/report/document.h"

namespace isoloss {

// With charts of both, which must outlive it.
Document describe_fit(const RunTable& runs, const FitResult& fit);

// One JSON object with a final newline. Numbers have the digits that give the same double back; a
// number that is not finite is null. The same input, seed and build give the same bytes whatever
// the thread count, the vector instructions or the backend, but for the key "backend".
//
// Schema: "schema" is "isoloss/fit" and "schema_version" an integer that grows when a key changes
// its meaning or goes; new keys may come without that. README describes the keys.
std::string json_report(const RunTable& runs, const FitResult& fit);

}  // namespace isoloss
