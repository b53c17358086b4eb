// A work of many items that is done whole, in part, or put together from its parts.

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/base/checksum.h"
#include "host/base/records.h"
#include "host/base/shard.h"
#include "host/base/threads.h"
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

// Of what every item depends on: the version, what was asked and the runs.
Checksum checksum_of_work(const ShardOptions& shards, const RunTable& runs);

// Calls make(item) for the items that are to be made here, on several threads. Item: see
// host/base/records.h. Throws what make throws; InputError for shards of another work.
template <class Item, class Make>
Divided<Item> divided(const DividedWork& work, const ShardOptions& shards, const Checksum& checksum,
                      const Make& make) {
  Divided<Item> out;
  if (shards.joined) {
    for (const Shard& shard : shards.joined->of(checksum.text(), work.num_items)) {
      RecordReader read(shard.records, shard.path);
      for (int i = 0; i < shard.range.num; ++i) read(out.items.emplace_back());
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
  auto shard = std::make_shared<Shard>();
  shard->items = work.items;
  shard->checksum = checksum.text();
  shard->range = range;
  shard->num_items = work.num_items;
  shard->num_parts = shards.num_parts();
  RecordWriter write(shard->records);
  for (Item& item : out.items) write(item);
  return {{}, std::move(shard)};
}

}  // namespace isoloss
