// A cost that the user writes down: '72*depth*width^2*D'.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/answers/optimum/loss_surface.h"

namespace isoloss {

// As a function of two quantities; any other that the formula reads is held. Not shared between
// threads.
class CostFormula {
 public:
  // first, second: places among the law's inputs
  //
  //   throws  InputError for what is no formula, a name that is neither read by the law nor held,
  //           a formula without one of the two, and what is held but nowhere read
  CostFormula(const std::string& formula, const LawEntry& law, const HeldInputs& held, int first,
              int second);

  // Its log and the slopes of that by the logs of the two, a row for each pair of them; NaN where
  // it is not positive. Until the next call.
  const Slopes& at(const std::vector<double>& log_first, const std::vector<double>& log_second);

 private:
  std::shared_ptr<const Program> program_;
  AlignedDoubles inputs_, value_, gradient_;
  Slopes out_;
};

}  // namespace isoloss
