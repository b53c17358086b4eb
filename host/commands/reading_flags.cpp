#include "host/commands/reading_flags.h"

#include <charconv>
#include <cstdint>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/reading/schedules.h"

namespace isoloss {
namespace {

// "loss=val_bpb" into {"loss", "val_bpb"}.
void split_pairs(const char* flag, const std::vector<std::string>& typed,
                 std::map<std::string, std::string>& out) {
  for (const std::string& text : typed) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      throw InputError("", 0, "", std::string(flag) + " " + text + " has no '='",
                       std::string("write ") + flag + " quantity=value");
    out[text.substr(0, equals)] = text.substr(equals + 1);
  }
}

}  // namespace

const CLI::Validator& whole_number() {
  static const CLI::Validator check(
      [](std::string& text) -> std::string {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size()) return "";
        return printable(text) + " is no whole number from 0 to 18446744073709551615";
      },
      "");
  return check;
}

void add_reading_flags(CLI::App& command, ReadingFlags& flags) {
  const char* group = kReadingGroup;
  ReadOptions& read = flags.read;
  command.add_option("--column", flags.column, "Which header holds a quantity: loss=val_bpb")
      ->type_name("QUANTITY=HEADER")
      ->group(group);
  command.add_option("--response", read.response, "Column that the law predicts; else the loss")
      ->type_name("HEADER")
      ->group(group);
  command
      .add_option("--unit", flags.unit,
                  "Unit of a quantity: loss=bpb:4.5 is bits per byte at 4.5 bytes per token; also "
                  "bpc:CHARS_PER_TOKEN, bits, nats; params=M, tokens=B")
      ->type_name("QUANTITY=UNIT")
      ->group(group);
  command
      .add_option("--where", read.where, "Keep runs for which this holds: 'loss<4 && params>1e8'")
      ->type_name("CONDITION")
      ->group(group);
  command
      .add_option("--drop-highest-loss", read.drop_highest_loss,
                  "Leave out this many runs with the highest loss")
      ->check(whole_number())
      ->type_name("K")
      ->capture_default_str()
      ->group(group);
  command
      .add_flag("--drop-missing", read.drop_missing,
                "Leave out rows with a missing value instead of stopping")
      ->group(group);
  command.add_option("--weights", read.weights, "Column of positive weights; else all weigh one")
      ->type_name("HEADER")
      ->group(group);
  command
      .add_option("--group", flags.group,
                  "Column that tells runs apart: rows of one run are resampled together. 'none' "
                  "treats rows as independent; else a column `run` is used if there is one")
      ->type_name("HEADER")
      ->group(group);
  command
      .add_option(
          "--schedule", flags.schedule,
          "Learning rate at every step, for laws of training curves: "
          "cosine:peak=3e-4,min=3e-5,warmup=2000,total=24000; also constant, linear, wsd, "
          "two-stage, steps:FILE.csv; RUN=... for one run; or a file of schedules, FILE.toml")
      ->type_name("[RUN=]SCHEDULE")
      ->group(group);
  command
      .add_option("--flops-per-token-param", read.flops_per_token_param,
                  "k in C = k N D, where one of the three is not in the file and for optima")
      ->type_name("K")
      ->capture_default_str()
      ->group(group);
}

void resolve_reading_flags(ReadingFlags& flags) {
  split_pairs("--column", flags.column, flags.read.column);
  split_pairs("--unit", flags.unit, flags.read.unit);
  for (const std::string& text : flags.schedule) add_schedule(text, flags.read.schedule);
}

}  // namespace isoloss
