#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/report/holding.h"
#include "host/report/optimum_parts.h"

namespace isoloss {
namespace {

constexpr double kGiga = 1e9;
constexpr double kMilli = 1e-3;

std::string gigabytes(double bytes) { return fmt::format("{:g} GB", bytes / kGiga); }

std::string speed_text(const Decoding& own) {
  std::string out = fmt::format("{}/s of memory", gigabytes(own.bandwidth));
  if (std::isfinite(own.peak)) out += fmt::format(", {} FLOP/s", flops_text(own.peak));
  if (std::isfinite(own.memory)) out += fmt::format(", {}", gigabytes(own.memory));
  return out;
}

std::string asked_text(const Decoding& own, bool is_chosen) {
  const std::string bits =
      is_chosen ? "the bits that are chosen" : fmt::format("{:g} bits", own.bits);
  std::string out = fmt::format("weights of {}, a batch of {:g}", bits, own.batch);
  out += own.cache_bytes > 0
             ? fmt::format(", {} of keys and values each", gigabytes(own.cache_bytes))
             : ", keys and values not counted";
  if (std::isfinite(own.seconds))
    out += fmt::format("; a token in {:g} ms at most", own.seconds / kMilli);
  return out;
}

// "33.5B parameters, by bandwidth": the largest model that may be.
std::string params_limit_text(const Holding& by) {
  const std::string out = count_text(by.max_params) + " parameters";
  const Decoding* own = by.decoding ? &*by.decoding : nullptr;
  if (!own || !own->has_time() || by.are_bits_chosen) return out;
  const LargestModel largest = largest_model(*own);
  return largest.N == by.max_params ? fmt::format("{}, by {}", out, name_of(largest.bound)) : out;
}

// The device that serves, and from which batch on something else binds there.
void add_device(const Holding& by, std::vector<Pair>& out) {
  const Decoding* own = by.decoding ? &*by.decoding : nullptr;
  if (!own || !own->has_time()) return;
  if (by.device)
    out.push_back({"device", fmt::format("{}; {}", by.device->what, by.device->source)});
  out.push_back({by.device ? "" : "device", speed_text(*own)});
  out.push_back({"serving", asked_text(*own, by.are_bits_chosen)});
  if (by.are_bits_chosen) return;
  if (const auto batch = turning_batch(*own))
    out.push_back(
        {"", fmt::format("from a batch of {:.4g} on its peak binds in place of its bandwidth",
                         std::ceil(*batch))});
}

}  // namespace

const char* name_of(BoundBy bound) {
  static constexpr const char* kNames[] = {"bandwidth", "peak", "memory"};
  return kNames[static_cast<int>(bound)];
}

const char* name_of(PlanEnd end) {
  static constexpr const char* kNames[] = {"interior", "at_max_params", "at_max_tokens",
                                           "saturated", "none"};
  return kNames[static_cast<int>(end)];
}

Cell step_cell(const Answer& answer) {
  const Step& own = *answer.step;
  return {fmt::format("{:.3g}, {}", own.seconds / kMilli, name_of(own.bound)),
          own.seconds / kMilli};
}

void add_holding(const Holding& by, std::vector<Pair>& out) {
  add_device(by, out);
  if (std::isfinite(by.max_params)) out.push_back({"limit", params_limit_text(by)});
}

}  // namespace isoloss
