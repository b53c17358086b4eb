// Parts of the JSON of an optimum that several questions have.

#pragma once

#include "host/report/json_parts.h"
#include "host/report/optimum.h"

namespace isoloss {

// "cost", "params", "tokens", "loss".
const char* given_name(Given given);
Json prices_json(const Prices& prices);

}  // namespace isoloss
