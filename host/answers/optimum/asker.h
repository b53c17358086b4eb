// Plans of a law and its draws, made into answers.

#pragma once

#include <vector>

#include "host/answers/optimum/answer.h"
#include "host/base/statistics.h"

namespace isoloss {

// Puts questions to one law. Rows: the estimate first, then one for each draw. Both arguments must
// outlive it.
class Asker {
 public:
  // Throws InputError as SurfaceProgram does, and for a cost of its own of a law that reads C.
  Asker(const FittedLaw& law, const PlanOptions& options);

  Cost training() const { return options_.training.value_or(Cost{law_.flops_per_token_param}); }
  std::size_t num_rows() const { return law_.thetas.size(); }

  // As plans() of plan.h, one value a row or one for all.
  std::vector<Plan> best(const Cost& cost, const Limits& limits, Given given,
                         const std::vector<double>& values) const;
  std::vector<Plan> best(const Cost& cost, const Limits& limits, Given given, double value) const;
  // One model, under every row's law.
  std::vector<Plan> at(const Model& model) const;
  // Tokens served for which each plan costs least.
  std::vector<double> optimal_demand(const std::vector<Plan>& plans) const;
  // As models_of_loss() and log_critical_params() of plan.h, for training.
  std::vector<Plan> of_loss(Side side, const std::vector<Plan>& best,
                            const std::vector<double>& log_loss) const;
  std::vector<double> log_critical(const std::vector<double>& log_loss) const;

  // of(row): a quantity; its value is the first row's, its interval that of the others.
  template <class Of>
  Estimate estimate(Of&& of) const {
    return estimate_of(num_rows(), law_.confidence, of);
  }
  // Of each row's law and size, from how many tokens on more of them raise the loss; NaN where
  // they do not below 1e18.
  std::vector<double> log_tokens_that_hurt(const std::vector<double>& log_N) const;
  Answer answer(double asked, const std::vector<Plan>& plans) const;

  // Throws InputError, with what the law says of endless compute, if the estimate never reaches the
  // loss that was asked.
  void require_reached(const std::vector<Plan>& plans, Given given, double value) const;

 private:
  Slopes slopes_at(const std::vector<double>& log_N, const std::vector<double>& log_D) const;

  const FittedLaw& law_;
  const PlanOptions& options_;
  SurfaceProgram surface_;
};

}  // namespace isoloss
