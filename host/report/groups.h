// Fits by group, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/groups/groups.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_groups(const Groups& answer);
std::string groups_json(const Groups& answer);

}  // namespace isoloss
