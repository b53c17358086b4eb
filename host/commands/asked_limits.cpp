#include "host/commands/limit_flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/common_flags.h"
#include "host/commands/flag_group.h"
#include "host/laws/of_experts.h"

namespace isoloss {
namespace {

struct Suffix {
  const char* name;
  double factor;
};
using Suffixes = std::initializer_list<Suffix>;

// More are no choice of bits.
constexpr double kMostBits = 64;

constexpr double kGibi = 1073741824;
const Suffixes kBytes{{"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"GiB", kGibi}};
const Suffixes kBytesASecond{{"GB/s", 1e9}, {"TB/s", 1e12}, {"GiB/s", kGibi}};
const Suffixes kTimes{{"ms", 1e-3}, {"s", 1}};

// "24GB": a number and one of the units, of which those that end in others come first.
double with_unit(const char* flag, const std::string& text, Suffixes units, const char* example) {
  for (const Suffix& unit : units)
    if (text.ends_with(unit.name))
      return unit.factor *
             positive_number(flag,
                             text.substr(0, text.size() - std::string_view(unit.name).size()));
  refuse(fmt::format("{} {} has no unit", flag, printable(text)), fmt::format("write {}", example));
}

// "50ms/token", or 50ms.
double seconds_of(const std::string& text) {
  constexpr std::string_view kOfToken = "/token";
  const std::string time =
      text.ends_with(kOfToken) ? text.substr(0, text.size() - kOfToken.size()) : text;
  return with_unit("--max-latency", time, kTimes, "50ms/token");
}

// A law of experts counts the parameters that a token meets; memory holds all, and how many those
// are its inputs do not say.
double total_per_active(const LimitFlags& flags, const LawEntry& law) {
  const char* flag = "--total-per-active";
  if (!flags.total_per_active.empty()) {
    if (!is_of_experts(law))
      refuse(fmt::format("{}: N of {} is all of its parameters", flag, law.name), "leave it out");
    const double ratio = positive_number(flag, flags.total_per_active);
    if (ratio < 1)
      refuse(fmt::format("{} {:g} is below 1", flag, ratio), "8: all are 8 times those active");
    constexpr double kMostPerActive = 1e6;
    if (ratio > kMostPerActive)
      refuse(fmt::format("{} {:g} is no ratio of parameters", flag, ratio), "3.6, 8");
    return ratio;
  }
  if (is_of_experts(law))
    refuse(fmt::format("N of {} is the active parameters of a mixture of experts, and memory "
                       "holds all of them",
                       law.name),
           fmt::format("count both with isoloss count, and give their ratio: {} 3.6", flag));
  return 1;
}

double batch_of(const std::string& text) {
  const double out = positive_number("--batch", text);
  if (out != std::floor(out))
    refuse(fmt::format("--batch {} is no whole number", printable(text)), "1, 8, 64");
  return out;
}

// Flags that change nothing are a mistake.
void require_device(const LimitFlags& flags) {
  const bool has_memory = !flags.memory.empty() || !flags.served_on.empty();
  const bool has_bandwidth = !flags.bandwidth.empty() || !flags.served_on.empty();
  const char* hint = "give --served-on h100, or --bandwidth 3.35TB/s and --peak 989e12";
  if (!flags.max_latency.empty() && !has_bandwidth) refuse("--max-latency on which device?", hint);
  if (!flags.peak.empty() && !has_bandwidth) refuse("--peak without --bandwidth", hint);
  if (has_memory || has_bandwidth) return;
  for (const auto& [flag, text] :
       {std::pair{"--bits", &flags.bits}, {"--batch", &flags.batch}, {"--cache", &flags.cache}})
    if (!text->empty()) refuse(fmt::format("{} without --memory", flag), "give --memory 24GB");
}

// device: null where none is named.
Decoding decoding_of(const LimitFlags& flags, const LawEntry& law, const Device* device) {
  Decoding out;
  if (device != nullptr)
    out.bandwidth = device->bandwidth, out.peak = device->peak, out.memory = device->memory;
  if (!flags.memory.empty()) out.memory = with_unit("--memory", flags.memory, kBytes, "24GB");
  if (!flags.bandwidth.empty())
    out.bandwidth = with_unit("--bandwidth", flags.bandwidth, kBytesASecond, "3.35TB/s");
  if (!flags.peak.empty()) out.peak = positive_number("--peak", flags.peak);
  if (!flags.max_latency.empty()) out.seconds = seconds_of(flags.max_latency);
  if (!flags.batch.empty()) out.batch = batch_of(flags.batch);
  if (!flags.cache.empty()) out.cache_bytes = with_unit("--cache", flags.cache, kBytes, "2GB");
  if (!flags.bits.empty()) out.bits = positive_number("--bits", flags.bits);
  require(out.bits <= kMostBits, fmt::format("--bits {:g} is no number of bits", out.bits),
          "16, 4");
  out.total_per_active = total_per_active(flags, law);
  if (out.batch > 1 && std::isfinite(out.bandwidth) && !std::isfinite(out.peak))
    refuse("a batch is bound by FLOP too, and the peak is not known", "give --peak 989e12");
  return out;
}

}  // namespace

std::vector<double> chosen_bits(const std::vector<std::string>& texts, const LimitFlags& limits) {
  std::vector<double> out;
  for (const std::string& text : texts) {
    out.push_back(positive_number("--choose-bits", text));
    if (out.back() < 1 || out.back() > kMostBits)
      refuse(fmt::format("--choose-bits {:g} is no number of bits", out.back()), "16,8,4");
  }
  if (!out.empty() && !limits.bits.empty())
    refuse("--choose-bits beside --bits", "leave out --bits");
  return out;
}

AskedLimits asked_limits(const LimitFlags& flags, const LawEntry& law, bool are_bits_chosen) {
  AskedLimits out;
  double& most = out.limits.max_params;
  if (!flags.max_params.empty()) most = positive_number("--max-params", flags.max_params);
  require_device(flags);
  if (flags.memory.empty() && flags.served_on.empty() && flags.bandwidth.empty() &&
      flags.total_per_active.empty())
    return out;
  if (!flags.served_on.empty()) out.device = &device_called(flags.served_on);
  out.decoding = decoding_of(flags, law, out.device);
  if (are_bits_chosen) return out;
  const LargestModel largest = largest_model(*out.decoding);
  if (!(largest.N > 0))
    refuse("the keys and values alone exceed the device",
           "a smaller --batch or --cache, a larger device, or more time");
  most = std::min(most, largest.N);
  return out;
}

void LimitFlags::add(CommandLine& line) {
  FlagGroup to{line.app(), kLimitsGroup};
  to.text("--max-params", max_params, "The largest model that may be", "N");
  to.text("--memory", memory, "The largest whose weights fit: 24GB, with --bits", "BYTES");
  to.text("--bits", bits, "Bits of a weight when served; else 16", "BITS");
  to.text("--max-latency", max_latency, "The largest that writes a token in this time: 50ms/token",
          "TIME");
  std::vector<std::string> names;
  for (const Device& own : devices()) names.push_back(own.name);
  to.text(
      "--served-on", served_on,
      fmt::format("The device, with its memory, bandwidth and peak: {}", fmt::join(names, ", ")),
      "DEVICE");
  to.text("--bandwidth", bandwidth, "Of its memory: 3.35TB/s", "BYTES/S");
  to.text("--peak", peak, "Its peak, FLOP a second: 989e12", "FLOP/S");
  to.text("--batch", batch, "Sequences that it answers at once; else 1", "B");
  to.text("--cache", cache, "Memory of the keys and values of one of them: 2GB", "BYTES");
  to.text("--total-per-active", total_per_active,
          "Of a mixture of experts: all parameters, which memory holds, for each active one", "R");
}

}  // namespace isoloss
