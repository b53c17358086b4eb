// What serves a model, in JSON.

#pragma once

#include "host/report/holding.h"
#include "host/report/json_parts.h"

namespace isoloss {

// Of a holding with a device or what says one: what it is, and the largest model that it allows.
Json decoding_json(const Holding& by);

}  // namespace isoloss
