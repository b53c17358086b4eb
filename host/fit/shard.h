// The refits of a range of resamples as a shard, and back.

#pragma once

#include <string>
#include <vector>

#include "host/base/shard.h"
#include "host/fit/bootstrap.h"
#include "host/fit/options.h"

namespace isoloss {

// Fits the range or part of options.shards. Command and words are left empty.
Shard shard_of(Bootstrap& bootstrap, const LawEntry& law, const FitOptions& options);

// Gives the refits of shards, in their order. Throws InputError if records are of another size.
void give_refits(const std::vector<Shard>& shards, int num_params, const TakeFits& take);

}  // namespace isoloss
