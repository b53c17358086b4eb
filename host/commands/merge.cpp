#include "host/base/file_bytes.h"
#include "host/base/threads.h"
#include "host/commands/asked_fit.h"
#include "host/commands/commands.h"
#include "host/commands/fit_documents.h"
#include "host/commands/shard_flags.h"
#include "host/fit/shard.h"

namespace isoloss {
namespace {

struct MergeFlags {
  std::vector<std::string> paths;
  RunningFlags running;
  FitDocuments documents;

  void add(CommandLine& to);
};

void MergeFlags::add(CommandLine& to) {
  to.inputs("shards", paths, "What isoloss fit --resamples wrote with --shard, in any order")
      ->required()
      ->type_name("SHARD");
  running.add(to);
  documents.add(to);
}

// Files are read one by one, and parsed, which takes longer, on all threads.
std::shared_ptr<const JoinedShards> joined(const std::vector<std::string>& paths, int num_threads) {
  std::vector<std::string> bytes;
  for (const std::string& path : paths) bytes.push_back(read_file(path));
  std::vector<Shard> shards(paths.size());
  parallel_for(static_cast<int>(paths.size()), num_threads_to_use(num_threads), [&](int i, int) {
    const auto at = static_cast<std::size_t>(i);
    shards[at] = parse_shard(std::move(bytes[at]), paths[at]);
  });
  return std::make_shared<const JoinedShards>(std::move(shards));
}

// The fit of the shards' command line is made again but for its bootstrap: what is in a file of
// runs is there once, and a shard that the fit here does not have is found out.
Outcome answer(const MergeFlags& flags, Documents& out) {
  const auto shards = joined(flags.paths, flags.running.num_threads);
  FitWords asked(shards->words());
  asked.fit.running = flags.running;
  const FittedRuns made = asked_fit({asked.paths, {}, {}}, asked.fit, asked.fit.budgets.budgets(),
                                    {std::nullopt, shards});
  return flags.documents.fill(made, out);
}

}  // namespace

Work merge_command(CommandLine& line) { return work_of<MergeFlags>(line, answer); }

}  // namespace isoloss
