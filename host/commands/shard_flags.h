// The flags that make a part of an answer and not the answer.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/base/shard.h"
#include "host/commands/command_line.h"
#include "host/commands/documents.h"

namespace isoloss {

struct ShardFlags {
  std::string part, resamples;  // as typed
  const CommandLine* line = nullptr;

  // --part and --shard; besides, for a bootstrap, --resamples.
  void add(CommandLine& to);
  void add_with_resamples(CommandLine& to);
  // What is to be done here, or what the line joins. Throws InputError for flags that go with a
  // whole answer only.
  ShardOptions options() const;
  // Writes a shard that was made where --shard says.
  Outcome fill(Shard shard, Documents& out, bool is_quiet = false) const;
};

}  // namespace isoloss
