#include <fmt/format.h>

#include <string>

#include "host/answers/coverage/calibrate.h"
#include "host/base/error.h"
#include "host/base/progress.h"
#include "host/commands/asked_fit.h"
#include "host/commands/commands.h"
#include "host/commands/fit_documents.h"
#include "host/commands/group_flags.h"
#include "host/commands/interval_flags.h"
#include "host/commands/shard_flags.h"
#include "host/report/groups.h"

namespace isoloss {
namespace {

struct FitCommandFlags {
  std::vector<std::string> paths;
  FitFlags fit;
  FitDocuments documents;
  ShardFlags shard;
  GroupFlags groups;
  IntervalFlags intervals;
  int num_calibration_sets = 0;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
  std::vector<IntervalMethod> methods() const;
};

void FitCommandFlags::add(CommandLine& to) {
  line = &to;
  add_runs(to, paths);
  fit.add(to);
  documents.add(to);
  shard.add_with_resamples(to);
  groups.add(to);
  intervals.add(to, "Intervals by other methods beside the percentile ones")->group(kFittingGroup);
  CLI::Option* sets = to.app().add_option(
      "--calibrate", num_calibration_sets,
      "Simulate so many sets of runs at the fit, and set intervals beside the percentile ones "
      "whose levels hold the truth in them as often as they promise; 400, say");
  checked<int>(sets->type_name("SETS")->group(kFittingGroup), [](int num) {
    require(num >= kFewestCalibrationSets && num <= 1000000,
            fmt::format("--calibrate must be from {} to 1000000", kFewestCalibrationSets),
            "400 sets tell a coverage within a point");
  });
}

std::vector<IntervalMethod> FitCommandFlags::methods() const {
  std::vector<IntervalMethod> out = intervals.methods();
  if (num_calibration_sets == 0) return out;
  if (out.empty()) out.push_back(IntervalMethod::percentile);
  out.push_back(IntervalMethod::calibrated);
  return out;
}

Outcome answer_groups(const FitCommandFlags& flags, Documents& out) {
  for (const char* flag : {"--intervals", "--calibrate"})
    require(!flags.line->given(flag),
            std::string(flag) + " is of one fit, --by asks for one a group",
            "fit a group alone, by ``where``");
  FitOptions options = flags.fit.fit_options();
  options.progress = [](int done, int all) { tell_progress("bootstrap", done, all); };
  const Groups got = fit_groups({flags.paths, flags.fit.read_options(), {}},
                                flags.groups.question(flags.fit.budgets), options);
  out.answer([&] { return describe_groups(got); }, [&] { return groups_json(got); },
             {.is_quiet = flags.documents.quiet, .warns = true});
  return got.outcome();
}

Outcome answer(const FitCommandFlags& flags, Documents& out) {
  if (flags.groups.are_asked()) return answer_groups(flags, out);
  const int num_resamples = flags.fit.fitting.fit.num_resamples;
  for (const char* flag : {"--draws", "--shard", "--calibrate"})
    require(num_resamples > 0 || !flags.line->given(flag), std::string(flag) + " needs a bootstrap",
            "leave out --bootstrap 0");
  FitFlags fit = flags.fit;
  fit.fitting.fit.intervals = flags.methods();
  FittedRuns made =
      asked_fit({flags.paths, {}, {}}, fit, flags.fit.budgets.budgets(), flags.shard.options());
  if (made.fit.shard) return flags.shard.fill(*made.fit.shard, out, flags.documents.quiet);
  if (flags.num_calibration_sets > 0) calibrate(made, flags.num_calibration_sets);
  return flags.documents.fill(made, out);
}

}  // namespace

Work fit_command(CommandLine& line) { return work_of<FitCommandFlags>(line, answer); }

}  // namespace isoloss
