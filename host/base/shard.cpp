#include "host/base/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// "100:50", as ``resamples`` takes it.
std::string name_of(int first, int end) { return fmt::format("{}:{}", first, end - first); }

void require_one_work(const Shard& first, const Shard& other) {
  const bool is_same_line = std::ranges::equal(asked_of(first.words), asked_of(other.words));
  if (other.checksum == first.checksum && other.num_items == first.num_items && is_same_line)
    return;
  throw InputError(
      other.path, 0, "",
      fmt::format("of another {} than {}: the runs, the law, an option, the seed or "
                  "the machine's arithmetic differs",
                  printable(other.command), printable(first.path)),
      "make all shards with the same command line but for what divides it and ``shard``");
}

void require_apart(const Shard& before, const Shard& after) {
  if (after.range.first >= before.range.end()) return;
  throw InputError(
      after.path, 0, "",
      fmt::format("{} {} are in {} too", printable(after.items),
                  name_of(after.range.first, std::min(before.range.end(), after.range.end())),
                  printable(before.path)),
      "leave one of them out");
}

// What makes the items from `first` to `end`, as it is typed.
std::string flag_for(int first, int end, const Shard& like) {
  const std::int64_t num_parts = like.num_parts;
  // Of parts that begin there the last is not empty.
  const auto k = static_cast<int>((num_parts * (std::int64_t{first} + 1) - 1) / like.num_items) + 1;
  if (num_parts > 0) {
    const ItemRange own = Part{k, like.num_parts}.of(like.num_items);
    if (own.first == first && own.end() <= end)
      return fmt::format("``part`` {}/{}", k, like.num_parts);
  }
  return like.items == "resamples" ? "``resamples`` " + name_of(first, end)
                                   : "with one N in every ``part`` K/N";
}

void require_none_missing(const std::vector<Shard>& shards) {
  const Shard& like = shards.front();
  std::vector<std::string> missing;
  int end = 0;
  ItemRange first;  // that is missing
  const auto look_up_to = [&](int next) {
    if (next <= end) return;
    if (missing.empty()) first = {end, next - end};
    missing.push_back(name_of(end, next));
  };
  for (const Shard& shard : shards) {
    look_up_to(shard.range.first);
    end = std::max(end, shard.range.end());
  }
  look_up_to(like.num_items);
  if (missing.empty()) return;
  refuse(fmt::format("of {} {} these are in no shard: {}", like.num_items, printable(like.items),
                     fmt::join(missing, ", ")),
         fmt::format("make them: isoloss {} ... {} ``shard`` FILE", printable(like.command),
                     flag_for(first.first, first.end(), like)));
}

}  // namespace

ItemRange Part::of(int num_items) const {
  const auto begin_of = [&](int k) {
    return static_cast<int>(std::int64_t{num_items} * k / num_parts);
  };
  return {begin_of(index - 1), begin_of(index) - begin_of(index - 1)};
}

ItemRange ShardOptions::range_of(int num_items) const {
  if (range) return *range;
  return part.value_or(Part{}).of(num_items);
}

Shard ShardOptions::shard_of(const char* items, std::string checksum, int num_items) const {
  Shard out;
  out.items = items;
  out.checksum = std::move(checksum);
  out.range = range_of(num_items);
  out.num_items = num_items;
  out.num_parts = part ? part->num_parts : 0;
  return out;
}

std::span<const std::string> asked_of(const std::vector<std::string>& words) {
  return {words.begin(), std::find(words.begin(), words.end(), "--")};
}

void refuse_damaged_shard(std::string_view path) {
  throw InputError(std::string(path), 0, "", "the shard is cut short or damaged", "make it again");
}

JoinedShards::JoinedShards(std::vector<Shard> shards) : shards_(std::move(shards)) {
  require(!shards_.empty(), "no shard is given", "");
  for (const Shard& shard : shards_) require_one_work(shards_.front(), shard);
  std::stable_sort(shards_.begin(), shards_.end(), [](const Shard& a, const Shard& b) {
    return std::pair(a.range.first, a.range.end()) < std::pair(b.range.first, b.range.end());
  });
  for (std::size_t i = 1; i < shards_.size(); ++i) require_apart(shards_[i - 1], shards_[i]);
  require_none_missing(shards_);
}

const std::vector<Shard>& JoinedShards::of(const std::string& checksum, int num_items) const {
  if (checksum != shards_.front().checksum || num_items != shards_.front().num_items)
    throw InputError(shards_.front().path, 0, "",
                     fmt::format("the shards are not of the {} that their command line makes here: "
                                 "the runs, the program or the machine's arithmetic differs",
                                 printable(command())),
                     "merge where the file of runs is as it was");
  return shards_;
}

}  // namespace isoloss
