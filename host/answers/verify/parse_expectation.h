// An [[expect]] of a published fit.

#pragma once

#include "host/answers/verify/published_fit.h"
#include "host/base/toml_reader.h"

namespace isoloss {

// Throws InputError with path and line for unknown keys and values of another type.
Expectation parse_expectation(const TomlReader& in, const toml::table& table);

}  // namespace isoloss
