// A law at one set of its parameters, fitted or published.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/answers/verify/published_fit.h"
#include "host/laws/law_entry.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct LawPoint {
  std::shared_ptr<const LawEntry> law;
  Theta theta{};  // plain units

  // The value of a parameter, as a report shows it; nothing if the law has none of that name.
  std::optional<double> param(const std::string& name) const;
  // One prediction a run, in the response's unit.
  std::vector<double> predictions(const RunTable& runs) const;
  // Sum over runs of weight times rho(residual).
  double objective(const RunTable& runs, const ResidualLoss& rho) const;
  // Exponent of N_opt ~ C^a at the largest run's budget; NaN if the law has no such model.
  double N_exponent(const RunTable& runs) const;
};

// The law at a set of constants, completed by what the fit holds.
//
//   throws  InputError, with the line of the constants, if one of the law's parameters has no
//   value,
//           or one is no parameter or not positive where it must be
LawPoint point_of(std::shared_ptr<const LawEntry> law, const PublishedFit& published,
                  const std::string& constants);

}  // namespace isoloss
