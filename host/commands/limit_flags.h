// The flags of what fits: how large a model may be, and how fast it has to answer on a device.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/optimum/decoding.h"
#include "host/answers/optimum/device.h"
#include "host/answers/optimum/plan.h"
#include "host/commands/command_line.h"
#include "host/laws/law_entry.h"

namespace isoloss {

// A group of flags in --help.
inline constexpr const char* kLimitsGroup = "Limits";

struct LimitFlags {
  // As typed.
  std::string max_params, memory, bits, max_latency, served_on, bandwidth, peak, batch, cache,
      total_per_active;

  void add(CommandLine& line);
};

// What was typed, read.
struct AskedLimits {
  Limits limits;
  std::optional<Decoding> decoding;  // what they follow, where a device says it
  const Device* device = nullptr;    // the one that was named
};

// Throws InputError for what makes no sense, for what changes nothing and where nothing fits. Of
// bits that are a choice each has a limit of its own, which is not among these.
AskedLimits asked_limits(const LimitFlags& flags, const LawEntry& law, bool are_bits_chosen);

// Those of --choose-bits. Throws InputError for what is no number of bits, and beside --bits.
std::vector<double> chosen_bits(const std::vector<std::string>& texts, const LimitFlags& limits);

}  // namespace isoloss
