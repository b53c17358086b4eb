// The law that a user names or writes.

#pragma once

#include <memory>
#include <span>
#include <string>

#include "host/formula/formula_law.h"
#include "host/laws/law_entry.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct LawRequest {
  std::string text = "chinchilla";  // a name of fits/laws/, a formula, or @FILE.toml
  ParamOverrides overrides;
  bool log_residual = true;
  std::string response;  // header; empty: the law's own
};

// headers: of the file of runs; a name in a formula that is one of them is a column.
//
//   throws  InputError for a law that does not exist, a formula or file that is wrong, and
//   overrides
//           of parameters that the law does not have
LawEntry choose_law(const LawRequest& request, std::span<const std::string> headers);

// Whether `text` needs the headers: it is no law's name.
bool is_formula(const std::string& text);

// A formula's law as an entry.
LawEntry entry_of(FormulaLaw law);

// Holds, bounds and starts parameters as `overrides` says. Throws InputError if none is left free.
void apply_overrides(LawEntry& law, const ParamOverrides& overrides);

// Adds what the law reads to `options`: its inputs, and its response, whose header may be given in
// options.column.
void read_for(const LawEntry& law, ReadOptions& options);

// A law that is compared with the response itself, in a unit that suits these runs.
LawEntry scaled_to(const LawEntry& law, const RunTable& runs);

}  // namespace isoloss
