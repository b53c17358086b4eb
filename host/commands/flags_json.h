// The flags of every command for other programs: what --help says to people.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace isoloss {

// {"version", "commands": {NAME: {"description", "flags": [{"name", "type", "default", "many",
// "required", "group", "description"}]}}} with a final newline. The name of a flag has its dashes;
// a positional has none. A flag without a value has no type; "many" is one that may be repeated.
std::string flags_json(const CLI::App& app);

}  // namespace isoloss
