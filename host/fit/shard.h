// A part of a bootstrap that was fitted apart, on another machine say, and how parts are joined.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/fit/bootstrap.h"
#include "host/fit/options.h"

namespace isoloss {

// Refits of a range of resamples. They are of one bootstrap if the checksums are equal.
struct Shard {
  std::string path;      // of the file it was read from, for messages
  std::string checksum;  // Bootstrap::checksum()
  ResampleRange range;
  int num_resamples = 0;  // of the whole bootstrap
  int num_params = 0;
  std::vector<std::string> words;  // of the command line, so that the fit can be made again
  std::string records;             // one of a fixed size a resample of the range

  void add(const PolishedFit& fit);
  PolishedFit fit(int index) const;  // below range.num
};

// Fits options.shards.range. The words are left empty.
Shard shard_of(Bootstrap& bootstrap, const LawEntry& law, const FitOptions& options);

// A line of JSON that says what it is, then the records, then a checksum of it all.
std::string shard_bytes(const Shard& shard);
// Throws InputError for what is no shard, is cut short or damaged, or of another version.
Shard parse_shard(std::string bytes, const std::string& path);

// Shards that are all of one bootstrap, in any order.
class JoinedShards {
 public:
  // Throws InputError if there is none, if two are of different bootstraps or share a resample, and
  // if a resample is in none.
  explicit JoinedShards(std::vector<Shard> shards);

  const std::vector<std::string>& words() const { return shards_.front().words; }
  int num_resamples() const { return shards_.front().num_resamples; }
  // Gives the fits of all resamples. Throws InputError unless the checksum is that of the shards.
  void give(const std::string& checksum, const TakeFits& take) const;

 private:
  std::vector<Shard> shards_;  // by their first resample
};

}  // namespace isoloss
