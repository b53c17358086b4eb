// What several JSON reports hold.

#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "host/base/estimate.h"
#include "host/base/status.h"
#include "host/reading/run_table.h"

namespace isoloss {

using Json = nlohmann::ordered_json;

Json number_json(double x);  // null if it is not finite
Json estimate_json(const Estimate& estimate);
Json runs_json(const RunTable& runs);
Json warnings_json(const std::vector<Warning>& warnings);
// Lines of some rows of the table, each in its file.
Json lines_json(const RunTable& runs, const std::vector<std::size_t>& rows);

// The bytes of a file: indented, with a final newline; text that is no UTF-8 is replaced.
std::string json_text(const Json& json);
// The same with one more member behind the others, which is JSON as it stands.
std::string json_text(const Json& json, const std::string& name, const std::string& value);
// A value on one line.
std::string json_line(const Json& json);

}  // namespace isoloss
