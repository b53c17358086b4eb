// A formula in a file, with what its author says about it: --law @file.toml.
//
//   formula = "E + A/N^alpha + B/D^beta"
//   response = "loss"                        # optional, and so is all below
//   source = "Hoffmann et al. 2022, arXiv:2203.15556"
//   [params.alpha]
//   bounds = [0, 1]                          # either end may be inf
//   start = 0.3
//   meaning = "exponent of the model size"
//   unit = "..."
//   scale = "linear"                         # or "log": positive, moved by its log
//   [inputs.x]
//   column = "context length"                # the header that holds it

#pragma once

#include <string>
#include <string_view>

#include "host/formula/formula_law.h"

namespace isoloss {

// Reads a file's text into a request; headers, residual and the user's own overrides are the
// caller's to add (see merged()).
//   throws  InputError with path and line for what is no TOML, unknown keys, values of another
//   type,
//           a file without a formula, bounds that are none and a start outside them
FormulaRequest parse_law_file(std::string_view text, const std::string& path);

// The same from a file, of at most 1 MB; InputError if it cannot be read.
FormulaRequest read_law_file(const std::string& path);

}  // namespace isoloss
