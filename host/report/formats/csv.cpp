// The tables, all digits of their numbers.

#include "host/report/csv.h"

#include "host/report/format.h"

namespace isoloss::format {

extern const Format csv;
const Format csv = {
    "csv", [](const Document& document, const Terminal&) { return as_csv(document); }, false};

}  // namespace isoloss::format
