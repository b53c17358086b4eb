// A work of many items that is done whole, in part, or put together from its parts.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "host/base/checksum.h"
#include "host/base/records.h"
#include "host/base/shard.h"
#include "host/base/threads.h"
#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct DividedWork {
  int num_items = 0;
  const char* items = "";  // what they are, for messages: "sets"
  int num_threads = 1;     // that share them
};

template <class Item>
struct Divided {
  std::vector<Item> items;             // all; or none:
  std::shared_ptr<const Shard> shard;  // of the part that was asked for, without its words
};

struct AnyItem {
  bool operator()(const auto&, int) const { return true; }
};

// Of what every item depends on: the version, what was asked, the runs and the laws.
Checksum checksum_of_work(const ShardOptions& shards, const RunTable& runs,
                          std::span<const LawEntry* const> laws);

// Calls make(index) for the items that are to be made here, on several threads. Item: see
// host/base/records.h. Throws what make throws; InputError for shards of another work, and for one
// that holds what is_possible(item, index) denies.
template <class Item, class Make, class IsPossible = AnyItem>
Divided<Item> divided(const DividedWork& work, const ShardOptions& shards, const Checksum& checksum,
                      const Make& make, const IsPossible& is_possible = {}) {
  Divided<Item> out;
  if (shards.joined) {
    for (const Shard& shard : shards.joined->of(checksum.text(), work.num_items)) {
      RecordReader read(shard.records, shard.path);
      for (int i = shard.range.first; i < shard.range.end(); ++i) {
        read(out.items.emplace_back());
        if (!is_possible(out.items.back(), i)) refuse_damaged_shard(shard.path);
      }
      read.finish();
    }
    return out;
  }
  const ItemRange range = shards.range_of(work.num_items);
  out.items.resize(static_cast<std::size_t>(range.num));
  parallel_for(
      range.num, work.num_threads,
      [&](int i, int) { out.items[static_cast<std::size_t>(i)] = make(range.first + i); },
      work.items);
  if (!shards.is_part()) return out;
  auto shard =
      std::make_shared<Shard>(shards.shard_of(work.items, checksum.text(), work.num_items));
  RecordWriter write(shard->records);
  for (Item& item : out.items) write(item);
  return {{}, std::move(shard)};
}

}  // namespace isoloss
