// An [[expect]] of a published fit.

#pragma once

#include "host/base/toml_reader.h"
#include "host/published/published_fit.h"

namespace isoloss {

// Throws InputError with path and line for unknown keys and values of another type.
Expectation parse_expectation(const TomlReader& in, const toml::table& table);

}  // namespace isoloss
