// What a file of runs holds and what can be told from it, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/inspect/inspect.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_inspection(const Inspection& answer);
std::string inspection_json(const Inspection& answer);

// Parts of it. The runs as points of N and D, with the line of 20 tokens a parameter: host/report/
// inspected_plane.cpp.
Chart plane_chart(const Inspection& answer);
// What stands out among the rows.
Section oddities_section(const Inspection& answer);

}  // namespace isoloss
