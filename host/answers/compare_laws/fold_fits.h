// Laws fitted to the folds of all holdouts.

#pragma once

#include <memory>
#include <vector>

#include "host/answers/compare_laws/compare_laws.h"
#include "host/answers/compare_laws/law_candidates.h"

namespace isoloss {

// What a law predicted of everything that was held out.
struct FoldPredictions {
  std::vector<FoldFit> folds;
  std::vector<HeldOut> by_holdout;  // one a holdout
};

struct FoldFits {
  std::vector<FoldPredictions> laws;
  // Of each law the optima of all runs, as searched_optima(), where folds were searched from them.
  std::vector<std::vector<Theta>> optima;
  std::shared_ptr<const Shard> shard;  // of the part that was asked for
};

// One entry a law; none if only a part was asked for. The work is shared by law and fold, the
// digits are the same however many threads there are.
FoldFits fit_folds(const Candidates& candidates, const std::vector<Holdout>& holdouts,
                   const ShardOptions& shards, const FitOptions& options);

}  // namespace isoloss
