// An [[expect]] and an [[interval]] of a published fit.

#pragma once

#include "host/answers/verify/published_fit.h"
#include "host/base/toml_reader.h"

namespace isoloss {

// Both throw InputError with path and line for unknown keys, missing ones and values of another
// type.
Expectation parse_expectation(const TomlReader& in, const toml::table& table);
// Also where the lower end is not below the upper one, or the confidence not below 1.
PublishedInterval parse_published_interval(const TomlReader& in, const toml::table& table);

}  // namespace isoloss
