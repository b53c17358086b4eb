#include "host/commands/shard_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr const char* kForm = "write FIRST:COUNT, 0:25000 say";

// Moves `at` behind a number that is not negative; false if there is none.
bool read_int(const char*& at, const char* end, int& out) {
  const auto result = std::from_chars(at, end, out);
  at = result.ptr;
  return result.ec == std::errc() && out >= 0;
}

ResampleRange parse_range(const std::string& text) {
  ResampleRange out;
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool is_range = read_int(at, end, out.first) && at != end && *at++ == ':' &&
                        read_int(at, end, out.num) && at == end && out.num > 0;
  require(is_range, "--resamples " + printable(text) + " is no range", kForm);
  return out;
}

}  // namespace

void ShardFlags::add(CommandLine& to) {
  line = &to;
  CLI::Option* range = to.app().add_option(
      "--resamples", resamples,
      "Fit only so many of the bootstrap's resamples from the FIRST on, counted from 0, and write "
      "them to --shard");
  range->type_name("FIRST:COUNT")->group(kRunningGroup);
  checked<std::string>(range, [](const std::string& text) { parse_range(text); });
  to.output("--shard", "Where --resamples go, for isoloss merge")->group(kRunningGroup);
}

std::optional<ResampleRange> ShardFlags::range(int num_resamples) const {
  const bool is_given = !resamples.empty();
  require(is_given == line->given("--shard"), "--resamples and --shard go together", kForm);
  if (!is_given) return std::nullopt;
  for (const char* flag : {"--json", "--draws", "--rows", "--plot"})
    require(!line->given(flag), std::string(flag) + " is of a whole fit, not of --resamples",
            "give it to isoloss merge");
  const ResampleRange out = parse_range(resamples);
  require(out.num <= num_resamples - out.first,
          fmt::format("--resamples {} is beyond the {} of --bootstrap", resamples, num_resamples),
          "--bootstrap is of all shards together");
  return out;
}

std::vector<std::string> words_of_fit(const CommandLine& line) {
  const FitWords all({"--", "runs"});
  std::vector<std::string> out;
  for (const CLI::Option* known : all.app.get_options()) {
    const CLI::Option* option = line.app().get_option_no_throw(known->get_name());
    if (option == nullptr || option->count() == 0 || option->get_positional() ||
        option->get_group() == kRunningGroup)
      continue;
    const bool has_value = option->get_items_expected_max() > 0;
    for (const std::string& value : option->results())
      out.push_back(option->get_name() + (has_value ? "=" + value : ""));
  }
  out.push_back("--");
  const std::vector<std::string> paths = line.app().get_option("runs")->results();
  out.insert(out.end(), paths.begin(), paths.end());
  return out;
}

FitWords::FitWords(std::vector<std::string> words) {
  add_runs(line, paths);
  fit.add(line);
  std::reverse(words.begin(), words.end());  // as the parser takes them
  try {
    app.parse(words);
  } catch (const CLI::ParseError&) {
    refuse("the shards are of another version of isoloss", "make all shards with one version");
  }
}

}  // namespace isoloss
