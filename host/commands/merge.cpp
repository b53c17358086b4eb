#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/shard.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/commands/commands.h"
#include "host/commands/fit_documents.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {
namespace {

// The command line that the shards were made by, once more.
struct Replay {
  std::shared_ptr<const JoinedShards> shards;
  CLI::App app;
  CommandLine line{app};
  Work work;
};

struct MergeFlags {
  std::vector<std::string> paths;
  RunningFlags running;
  FitDocuments documents;
  const CommandLine* line = nullptr;
  mutable std::unique_ptr<Replay> made;  // by replay()

  void add(CommandLine& to);
  // Reads the shards, once.
  Replay& replay() const;
};

void MergeFlags::add(CommandLine& to) {
  line = &to;
  to.inputs("shards", paths, "What isoloss wrote with --shard, in any order")
      ->required()
      ->type_name("SHARD");
  to.reads([this] { return replay().line.inputs(); });
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

// Such a file is opened already.
bool is_output(const CommandLine& line, const std::string& flag) {
  const std::vector<CommandLine::Output> asked = line.asked_outputs();
  return std::any_of(asked.begin(), asked.end(),
                     [&](const CommandLine::Output& own) { return own.flag == flag; });
}

// How it runs here, as the other command takes it. Throws InputError for what that one lacks: a
// file that it does not write, say.
std::vector<std::string> words_of_running(const CommandLine& line, const CLI::App& other) {
  std::vector<std::string> out;
  for (const std::string& flag : line.given_in(kRunningGroup)) {
    require(other.get_option_no_throw(flag) != nullptr,
            fmt::format("these are shards of isoloss {}, which has no {}", other.get_name(), flag),
            "leave it out");
    const CLI::Option& option = *line.app().get_option(flag);
    const bool is_flag = option.get_items_expected_max() == 0;
    if (!is_output(line, flag))
      out.push_back(is_flag ? flag : flag + "=" + option.as<std::string>());
  }
  return out;
}

[[noreturn]] void refuse_other_version() {
  refuse("the shards are of another version of isoloss", "make all shards with one version");
}

// The work of the shards' command line is done again but for what they hold: what is in a file of
// runs is there once, and a shard of other runs is found out.
Replay& MergeFlags::replay() const {
  if (made) return *made;
  auto out = std::make_unique<Replay>();
  out->shards = joined(paths, running.num_threads);
  const std::string& command = out->shards->command();
  out->app.name(command);
  out->line.join(out->shards);
  out->work = command_called(command).add(out->line);
  if (!out->app.get_option_no_throw("--part")) refuse_other_version();
  std::vector<std::string> words = words_of_running(*line, out->app);
  words.insert(words.end(), out->shards->words().begin(), out->shards->words().end());
  std::reverse(words.begin(), words.end());  // as the parser takes them
  try {
    out->app.parse(words);
  } catch (const CLI::ParseError&) {
    refuse_other_version();
  }
  made = std::move(out);
  return *made;
}

Outcome answer(const MergeFlags& flags, Documents& out) { return flags.replay().work(out); }

}  // namespace

Work merge_command(CommandLine& line) { return work_of<MergeFlags>(line, answer); }

}  // namespace isoloss
