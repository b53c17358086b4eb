// A part of a work of many items that was done apart, on another machine say, and how parts are
// joined.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// Items [first, first + num) of a work: resamples of a bootstrap, sets of a coverage.
struct ItemRange {
  int first = 0;
  int num = 0;

  int end() const { return first + num; }
};

inline constexpr int kMostParts = 1'000'000;

// The index-th of so many parts of about the same size.
struct Part {
  int index = 1;  // from 1
  int num_parts = 1;

  // Empty where there are fewer items than parts.
  ItemRange of(int num_items) const;
};

// What was made of a range of a work's items. Shards are of one work if their checksums are equal.
struct Shard {
  std::string path;     // of the file it was read from, for messages
  std::string command;  // that makes the whole
  std::string items;    // what they are, "resamples"
  std::string checksum;
  ItemRange range;
  int num_items = 0;               // of the whole work
  int num_parts = 0;               // that the work was divided into; 0 for a range that was named
  std::vector<std::string> words;  // of the command line, so that the work can be done again
  std::string records;             // what was made of the items, one behind the other
};

// Throws InputError that the shard of this path is damaged.
[[noreturn]] void refuse_damaged_shard(std::string_view path);

// A line of JSON that says what it is, then the records, then a checksum of it all.
std::string shard_bytes(const Shard& shard);
// Throws InputError for what is no shard, is cut short or damaged, or of another version.
Shard parse_shard(std::string bytes, const std::string& path);

// Shards that are all of one work, in any order.
class JoinedShards {
 public:
  // Throws InputError if there is none, if two are of different works or share an item, and if an
  // item is in none.
  explicit JoinedShards(std::vector<Shard> shards);

  const std::string& command() const { return shards_.front().command; }
  const std::vector<std::string>& words() const { return shards_.front().words; }
  // By their first item. Throws InputError unless checksum and number of items are the shards'.
  const std::vector<Shard>& of(const std::string& checksum, int num_items) const;

 private:
  std::vector<Shard> shards_;
};

// How a work is divided; as it stands, it is not.
struct ShardOptions {
  std::optional<ItemRange> range;              // do only these items
  std::optional<Part> part;                    // the same, or only these
  std::shared_ptr<const JoinedShards> joined;  // take all from there
  std::string asked;  // what items depend on besides the runs, as it was typed

  bool is_part() const { return range || part; }
  // That are to be done here.
  ItemRange range_of(int num_items) const;
  // Of them, without command, words and records.
  Shard shard_of(const char* items, std::string checksum, int num_items) const;
};

// Of the words of a command line, all but the paths of runs, which may differ between machines.
std::span<const std::string> asked_of(const std::vector<std::string>& words);

}  // namespace isoloss
