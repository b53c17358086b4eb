#include "host/fit/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/base/error.h"
#include "host/base/memory.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// "resamples 100:50", as --resamples takes it.
std::string name_of(int first, int end) { return fmt::format("{}:{}", first, end - first); }

void require_one_bootstrap(const Shard& first, const Shard& other) {
  if (other.checksum == first.checksum) return;
  throw InputError(
      other.path, 0, "",
      fmt::format("of another fit than {}: the runs, the law, an option, the seed or "
                  "the machine's arithmetic differs",
                  printable(first.path)),
      "make all shards with the same command line but for ``resamples`` and ``shard``");
}

void require_apart(const Shard& before, const Shard& after) {
  if (after.range.first >= before.range.end()) return;
  throw InputError(
      after.path, 0, "",
      fmt::format("resamples {} are in {} too",
                  name_of(after.range.first, std::min(before.range.end(), after.range.end())),
                  printable(before.path)),
      "leave one of them out");
}

void require_none_missing(const std::vector<Shard>& shards) {
  std::vector<std::string> missing;
  int end = 0;
  for (const Shard& shard : shards) {
    if (shard.range.first > end) missing.push_back(name_of(end, shard.range.first));
    end = shard.range.end();
  }
  const int all = shards.front().num_resamples;
  if (end < all) missing.push_back(name_of(end, all));
  if (missing.empty()) return;
  refuse(
      fmt::format("of {} resamples these are in no shard: {}", all, fmt::join(missing, ", ")),
      fmt::format("make them: isoloss fit ... ``resamples`` {} ``shard`` FILE", missing.front()));
}

}  // namespace

Shard shard_of(Bootstrap& bootstrap, const LawEntry& law, const FitOptions& options) {
  Shard out{
      "", bootstrap.checksum(), *options.shards.range, options.num_resamples, law.num_params(), {},
      {}};
  bootstrap.give(out.range, [&](std::span<const PolishedFit> fits) {
    for (const PolishedFit& fit : fits) out.add(fit);
  });
  return out;
}

JoinedShards::JoinedShards(std::vector<Shard> shards) : shards_(std::move(shards)) {
  require(!shards_.empty(), "no shard is given", "");
  for (const Shard& shard : shards_) require_one_bootstrap(shards_.front(), shard);
  std::stable_sort(shards_.begin(), shards_.end(),
                   [](const Shard& a, const Shard& b) { return a.range.first < b.range.first; });
  for (std::size_t i = 1; i < shards_.size(); ++i) require_apart(shards_[i - 1], shards_[i]);
  require_none_missing(shards_);
}

void JoinedShards::give(const std::string& checksum, const TakeFits& take) const {
  if (checksum != shards_.front().checksum)
    throw InputError(shards_.front().path, 0, "",
                     "the shards are not of the fit that their command line makes here: the runs, "
                     "the program or the machine's arithmetic differs",
                     "merge where the file of runs is as it was");
  auto fits = room_for<PolishedFit>(kAtOnce, "resample");
  for (const Shard& shard : shards_) {
    for (int at = 0; at < shard.range.num; at += static_cast<int>(kAtOnce)) {
      const int num = std::min(static_cast<int>(kAtOnce), shard.range.num - at);
      for (int i = 0; i < num; ++i) fits[static_cast<std::size_t>(i)] = shard.fit(at + i);
      take(std::span(fits).first(static_cast<std::size_t>(num)));
    }
  }
}

}  // namespace isoloss
