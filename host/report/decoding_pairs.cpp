#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
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

}  // namespace

const char* name_of(BoundBy bound) {
  static constexpr const char* kNames[] = {"bandwidth", "peak", "memory"};
  return kNames[static_cast<int>(bound)];
}

Cell step_cell(const Answer& answer) {
  const Step& own = *answer.step;
  return {fmt::format("{:.3g}, {}", own.seconds / kMilli, name_of(own.bound)),
          own.seconds / kMilli};
}

void add_decoding(const Optimum& got, std::vector<Pair>& out) {
  const Decoding* own = got.question.decoding ? &*got.question.decoding : nullptr;
  if (!own || !own->has_time()) return;
  if (got.question.device)
    out.push_back(
        {"device", fmt::format("{}; {}", got.question.device->what, got.question.device->source)});
  out.push_back({got.question.device ? "" : "device", speed_text(*own)});
  const bool is_chosen = !got.question.bits.empty();
  out.push_back({"serving", asked_text(*own, is_chosen)});
  if (is_chosen) return;
  if (const auto batch = turning_batch(*own))
    out.push_back(
        {"", fmt::format("from a batch of {:.4g} on its peak binds in place of its bandwidth",
                         std::ceil(*batch))});
}

std::string params_limit_text(const Optimum& got) {
  const double most = got.question.plans.limits.max_params;
  const std::string out = count_text(most) + " parameters";
  const Decoding* own = got.question.decoding ? &*got.question.decoding : nullptr;
  if (!own || !own->has_time() || !got.question.bits.empty()) return out;
  const LargestModel largest = largest_model(*own);
  return largest.N == most ? fmt::format("{}, by {}", out, name_of(largest.bound)) : out;
}

}  // namespace isoloss
