#include "host/report/race_parts.h"

#include <fmt/format.h>

#include "host/base/number_text.h"

namespace isoloss {
namespace {

// "at 81.6k (60.1k .. 82.4k; in 92% of resamples)"
std::string place_text(Budget by, const CrossingEstimate& crossing, bool resampled) {
  std::string out = "at " + budget_text(by, crossing.budget->value);
  std::string more;
  if (crossing.budget->interval)
    more = fmt::format("{} .. {}; ", budget_text(by, crossing.budget->interval->lower),
                       budget_text(by, crossing.budget->interval->upper));
  if (resampled) out += fmt::format(" ({}in {} of resamples)", more, percent_text(crossing.share));
  return out;
}

std::string data_text(Budget by, const PairRace& pair, bool resampled) {
  if (pair.num_crossings == 0) {
    std::string out = "the curves do not cross";
    if (resampled && pair.last_crossing.share > 0)
      out += fmt::format("; in {} of resamples they do", percent_text(pair.last_crossing.share));
    return out;
  }
  const std::string place = place_text(by, pair.last_crossing, resampled);
  if (pair.num_crossings == 1) return "the curves cross once, " + place;
  return fmt::format("the curves cross {} times, last {}", pair.num_crossings, place);
}

std::string verdict(const RaceResult& result, const PairRace& pair, Late late) {
  if (late == Late::open) return "cannot be told apart";
  return run_name(result, late == Late::smaller ? pair.smaller : pair.larger) + " is ahead";
}

std::string late_text(const RaceResult& result, Budget by, const PairRace& pair) {
  const std::string now = verdict(result, pair, pair.late);
  if (pair.late_since <= pair.from) return now + " throughout";
  const std::string since = pair.late_since < pair.to
                                ? fmt::format("from {} on", budget_text(by, pair.late_since))
                                : "at the end only";
  if (pair.before == Late::open) return fmt::format("{} {}", now, since);
  return fmt::format("{} {}; just before, {}", now, since, verdict(result, pair, pair.before));
}

std::string gap_text(Budget by, const PairRace& pair) {
  std::string out;
  if (pair.half.budget < pair.to)
    out =
        fmt::format("{} at {}, ", fixed_text(pair.half.loss, 4), budget_text(by, pair.half.budget));
  return out + fmt::format("{} at {}", fixed_text(pair.end.loss, 4), budget_text(by, pair.to));
}

std::string law_text(Budget by, const PairRace& pair, bool resampled) {
  std::string out = "extrapolated, the laws ";
  if (pair.law_crossing.budget) {
    out += "cross " + place_text(by, pair.law_crossing, resampled);
  } else {
    out += fmt::format("do not cross between {} and {}", budget_text(by, pair.to),
                       budget_text(by, kHorizon * pair.to));
    if (resampled && pair.law_crossing.share > 0)
      out += fmt::format("; in {} of resamples they do", percent_text(pair.law_crossing.share));
  }
  const bool told_apart = !resampled || pair.late != Late::open;
  if (told_apart && (pair.law_gap > 0) != (pair.end.loss.value > 0))
    out += fmt::format("; but already at the end their gap is {:.4f}", pair.law_gap);
  return out;
}

}  // namespace

std::vector<Block> pair_blocks(const RaceResult& result, const RaceBy& raced,
                               const PairRace& pair) {
  const bool resampled = result.options.num_resamples > 0;
  Pairs out{{{"data", data_text(raced.by, pair, resampled)}, {"gap", gap_text(raced.by, pair)}}};
  out.indent = 4;
  out.width = 6;
  if (resampled) out.pairs.push_back({"late", late_text(result, raced.by, pair)});
  out.pairs.push_back({"laws", law_text(raced.by, pair, resampled)});
  return {Note{fmt::format("{} against {}: both from {} to {}, the end on {} and {} tokens",
                           run_name(result, pair.smaller), run_name(result, pair.larger),
                           budget_text(raced.by, pair.from), budget_text(raced.by, pair.to),
                           count_text(pair.smaller_tokens), count_text(pair.larger_tokens)),
               2, 4},
          out};
}

}  // namespace isoloss
