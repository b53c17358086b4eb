// The laws that are compared, and the one table of runs that all of them are fitted to.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/answers/compare_laws/compare_laws.h"
#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct Candidates {
  std::vector<std::pair<std::string, LawEntry>> laws;  // by the name that was asked for
  std::vector<PassedLaw> passed;
  RunTable runs;  // with the columns of all of them
};

// names: laws, formulas or @FILE, which must all be readable; empty: every law of the registry that
// predicts the response from columns that the runs have.
//
//   throws  InputError as choose_law and the reader do, and for fewer than two laws
//   cost    reads the columns of the table once a law
Candidates candidates_of(const RunSource& source, const std::vector<std::string>& names,
                         const FitOptions& options);

}  // namespace isoloss
