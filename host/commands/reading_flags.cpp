#include "host/commands/reading_flags.h"

#include <map>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/common_flags.h"
#include "host/reading/schedules.h"

namespace isoloss {
namespace {

// "loss=val_bpb" into {"loss", "val_bpb"}.
std::map<std::string, std::string> pairs_of(const std::vector<std::string>& typed) {
  std::map<std::string, std::string> out;
  for (const std::string& text : typed) {
    const std::size_t equals = text.find('=');
    out[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return out;
}

CLI::Option* checked_pair(CLI::Option* option) {
  const std::string flag = option->get_name();
  return checked<std::string>(option, [flag](const std::string& text) {
    const std::size_t equals = text.find('=');
    require(equals != std::string::npos && equals > 0, flag + " " + printable(text) + " has no '='",
            "write " + flag + " quantity=value");
  });
}

// Of "RUN=steps:FILE.csv" or a file of schedules.
std::string path_of_schedule(const std::string& text) {
  constexpr std::string_view kSteps = "steps:";
  const std::size_t at = text.find(kSteps);
  return at == std::string::npos ? text : text.substr(at + kSteps.size());
}

}  // namespace

void ReadingFlags::add(CommandLine& line) {
  const char* const in = kReadingGroup;
  CLI::App& command = line.app();
  checked_pair(
      command.add_option("--column", column,
                         "Which header holds a quantity: loss=val_bpb; or a formula of headers: "
                         "tokens='step*batch_size*seq_len'"))
      ->type_name("QUANTITY=HEADER")
      ->group(in);
  command
      .add_option("--response", read.response,
                  "Column that the law predicts, or a formula of headers; else the loss")
      ->type_name("HEADER")
      ->group(in);
  checked_pair(command.add_option(
                   "--unit", unit,
                   "Unit of a quantity: loss=bpb:4.5 is bits per byte at 4.5 bytes per token; also "
                   "bpc:CHARS_PER_TOKEN, nats_per_byte:BYTES_PER_TOKEN, bits, ppl, nats; params=M, "
                   "tokens=B, tokens=524288; log10 or log of any"))
      ->type_name("QUANTITY=UNIT")
      ->group(in);
  checked_pair(command.add_option(
                   "--sizes", sizes,
                   "Params of runs by their names, for files that have none: run-70m=70e6,..."))
      ->delimiter(',')
      ->type_name("RUN=PARAMS")
      ->group(in);
  command
      .add_option("--where", read.where, "Keep runs for which this holds: 'loss<4 && params>1e8'")
      ->type_name("CONDITION")
      ->group(in);
  command
      .add_option("--drop-highest-loss", read.drop_highest_loss,
                  "Leave out this many runs with the highest loss")
      ->check(whole_number())
      ->type_name("K")
      ->capture_default_str()
      ->group(in);
  command
      .add_flag("--drop-missing", read.drop_missing,
                "Leave out rows with a missing value instead of stopping")
      ->group(in);
  command.add_option("--weights", read.weights, "Column of positive weights; else all weigh one")
      ->type_name("HEADER")
      ->group(in);
  command
      .add_option("--error", read.error,
                  "Column of standard errors of the loss: rows weigh by the inverse of their "
                  "squares")
      ->type_name("HEADER")
      ->group(in);
  command
      .add_option("--group", group,
                  "Column that tells runs apart: rows of one run are resampled together. 'none' "
                  "treats rows as independent; else a column `run` is used if there is one")
      ->type_name("HEADER")
      ->group(in);
  CLI::Option* rates =
      command
          .add_option(
              "--schedule", schedule,
              "Learning rate at every step, for laws of training curves: "
              "cosine:peak=3e-4,min=3e-5,warmup=2000,total=24000; also constant, linear, wsd, "
              "two-stage, steps:FILE.csv; RUN=... for one run; or a file of schedules, FILE.toml")
          ->type_name("[RUN=]SCHEDULE")
          ->group(in);
  line.reads(rates, path_of_schedule);
  CLI::Option* factor =
      command
          .add_option("--flops-per-token-param", read.flops_per_token_param,
                      "k in C = k N D, where one of the three is not in the file and for optima")
          ->type_name("K")
          ->capture_default_str()
          ->group(in);
  checked<double>(factor,
                  [](double k) { require(k > 0, "--flops-per-token-param must be positive", ""); });
}

ReadOptions ReadingFlags::options() const {
  ReadOptions out = read;
  out.column = pairs_of(column);
  out.unit = pairs_of(unit);
  for (const auto& [run, text] : pairs_of(sizes))
    out.sizes[run] = positive_number("--sizes " + run + "=", text, "write run-70m=70e6, say");
  for (const std::string& text : schedule) add_schedule(text, out.schedule);
  return out;
}

void ReadingFlags::require_no_weights(const std::string& who) const {
  require(read.weights.empty(), who + " does not weigh rows", "leave out --weights");
  require(read.error.empty(), who + " does not weigh rows", "leave out --error");
}

ReadOptions ReadingFlags::options_of_curves(const std::string& who, const std::string& how) const {
  require_no_weights(who);
  require(read.response.empty(), who + " " + how + ", the lower the better",
          "--column loss=HEADER names the column of a loss");
  require(schedule.empty(), who + " reads no learning rates", "leave out --schedule");
  require(group != "none", "--group none: a curve is the rows of one run",
          "name the column that tells runs apart");
  ReadOptions out = options();
  out.group = group;
  return out;
}

}  // namespace isoloss
