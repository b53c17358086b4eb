#include "host/commands/shard_flags.h"

#include <fmt/format.h>

#include <charconv>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {
namespace {

// Moves `at` behind a number that is not negative; false if there is none.
bool read_int(const char*& at, const char* end, int& out) {
  const auto result = std::from_chars(at, end, out);
  at = result.ptr;
  return result.ec == std::errc() && out >= 0;
}

// Two whole numbers and what is between them.
bool read_pair(const std::string& text, char between, int& first, int& second) {
  const char* at = text.data();
  const char* const end = at + text.size();
  return read_int(at, end, first) && at != end && *at++ == between && read_int(at, end, second) &&
         at == end;
}

ItemRange parse_range(const std::string& text) {
  ItemRange out;
  require(read_pair(text, ':', out.first, out.num) && out.num > 0,
          "--resamples " + printable(text) + " is no range", "write FIRST:COUNT, 0:25000 say");
  return out;
}

Part parse_part(const std::string& text) {
  Part out;
  const bool is_part = read_pair(text, '/', out.index, out.num_parts) && out.index >= 1 &&
                       out.index <= out.num_parts && out.num_parts <= kMostParts;
  require(is_part, "--part " + printable(text) + " is no part", "write K/N: 1/8 is the first of 8");
  return out;
}

void require_inside(const ItemRange& range, const CommandLine& line) {
  const int all = line.app().get_option("--bootstrap")->as<int>();
  require(
      range.num <= all - range.first,
      fmt::format("--resamples {}:{} is beyond the {} of --bootstrap", range.first, range.num, all),
      "--bootstrap is of all shards together");
}

void require_no_other_output(const CommandLine& line) {
  std::vector<std::string> whole;
  for (const CommandLine::Output& own : line.asked_outputs())
    if (own.flag != "--shard") whole.push_back(own.flag);
  if (line.given("--plot")) whole.emplace_back("--plot");
  if (whole.empty()) return;
  refuse(whole.front() + " is of a whole answer, not of a part", "give it to isoloss merge");
}

// Where a shard keeps them, they are texts.
void require_text_words(const std::vector<std::string>& words) {
  for (const std::string& word : words)
    require(first_not_utf8(word) == std::string::npos,
            "the shard would not keep " + printable(word) + ", which is not UTF-8", "rename it");
}

// The words of a command line that makes the same answer: without where it runs and what it writes.
std::vector<std::string> words_of_answer(const CommandLine& line) {
  std::vector<std::string> out;
  for (const CLI::Option* option : line.app().get_options()) {
    if (option->count() == 0 || option->get_positional() || option->get_group() == kRunningGroup ||
        option->get_group() == kShowingGroup)
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

}  // namespace

void ShardFlags::add(CommandLine& to) {
  line = &to;
  CLI::Option* one = to.app().add_option(
      "--part", part, "Make only the K-th of N parts, on one of several machines, say");
  one->type_name("K/N")->group(kRunningGroup);
  checked<std::string>(one, [](const std::string& text) { parse_part(text); });
  to.output("--shard", "Where a part goes, for isoloss merge")->group(kRunningGroup);
}

void ShardFlags::add_with_resamples(CommandLine& to) {
  add(to);
  CLI::Option* range = to.app().add_option(
      "--resamples", resamples,
      "As --part, but so many of the bootstrap's resamples from the FIRST on, counted from 0");
  range->type_name("FIRST:COUNT")->group(kRunningGroup);
  checked<std::string>(range, [](const std::string& text) { parse_range(text); });
}

ShardOptions ShardFlags::options() const {
  ShardOptions out;
  out.joined = line->joined();
  const std::vector<std::string> words = words_of_answer(*line);
  for (const std::string& word : asked_of(words)) out.asked += word + "\n";
  if (!part.empty()) out.part = parse_part(part);
  if (!resamples.empty()) out.range = parse_range(resamples);
  require(!out.part || !out.range, "--part and --resamples are two parts", "leave out one");
  require(out.is_part() == line->given("--shard"),
          out.is_part() ? "a part needs --shard" : "--shard needs --part",
          "--part 1/2 --shard FILE, say");
  if (out.range) require_inside(*out.range, *line);
  if (!out.is_part()) return out;
  require_no_other_output(*line);
  require_text_words(words);
  return out;
}

Outcome ShardFlags::fill(Shard shard, Documents& out, bool is_quiet) const {
  shard.command = line->app().get_name();
  shard.words = words_of_answer(*line);
  out.file("--shard", [&](const std::string&) { return shard_bytes(shard); });
  const std::string said =
      fmt::format("{} {}:{} of {} are made; isoloss merge joins the shards", shard.items,
                  shard.range.first, shard.range.num, shard.num_items);
  out.answer(
      [&] {
        return Document{"A shard", said, {}, {{"", {Note{said}}}}};
      },
      {}, {.is_quiet = is_quiet});
  return Outcome::sound;
}

}  // namespace isoloss
