#include "host/reading/schedules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/reading/schedule_file.h"

namespace isoloss {
namespace {

constexpr std::string_view kSteps = "steps:";

bool is_file(const std::string& text) { return text.ends_with(".toml"); }

// A colon before any '=' ends the name of a shape: "cosine:peak=3e-4".
bool is_written_out(const std::string& text) {
  return text.find(':') < text.find('=') || is_file(text);
}

}  // namespace

void add_schedule(const std::string& typed, ScheduleTexts& texts) {
  const std::size_t equals = typed.find('=');
  const bool for_all = is_written_out(typed);
  if (!for_all && (equals == std::string::npos || equals == 0))
    throw InputError("", 0, "", fmt::format("``schedule`` {} is no schedule", shown(typed)),
                     "write cosine:peak=3e-4,min=3e-5,warmup=2000,total=24000, or RUN=cosine:..., "
                     "or a file of schedules, FILE.toml");
  const std::string run = for_all ? "" : typed.substr(0, equals);
  const std::string text = for_all ? typed : typed.substr(equals + 1);
  if (!is_file(text) && !text.starts_with(kSteps)) parse_stages(text);  // its errors come first
  if (texts.emplace(run, text).second) return;
  throw InputError("", 0, "",
                   run.empty() ? "two ``schedule`` for all runs"
                               : fmt::format("two ``schedule`` of run {}", shown(run)),
                   "give RUN=SPEC for runs that differ");
}

Rates rates_called(const std::string& text) {
  if (text.starts_with(kSteps)) return read_rates(text.substr(kSteps.size()));
  return rates_of(parse_stages(text));
}

Schedules::Schedules(const ScheduleTexts& texts) : texts_(texts) {
  const auto all = texts_.find("");
  if (all == texts_.end() || !is_file(all->second)) return;
  of_file_ = read_schedules(all->second);
  texts_.erase(all);
}

Rates Schedules::rates(const std::string& run, const std::string& path) const {
  if (const auto own = texts_.find(run); own != texts_.end()) return rates_called(own->second);
  if (const auto own = of_file_.find(run); own != of_file_.end()) return rates_of(own->second);
  if (const auto all = texts_.find(""); all != texts_.end()) return rates_called(all->second);
  throw InputError(path, 0, "", fmt::format("run {} has no schedule", shown(run)),
                   "add ``schedule`` RUN=SPEC, or leave the run out with ``where``");
}

}  // namespace isoloss
