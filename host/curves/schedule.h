// Learning-rate schedules: the learning rate at every step of a run.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// How the rate goes from one value to the next; u is the part of the stage that is over.
enum class StageShape {
  constant,     // to
  linear,       // from + (to - from) u
  cosine,       // to + (from - to) (1 + cos(pi u)) / 2
  exponential,  // from (to / from)^u
  square_root,  // from + (to - from) sqrt(u)
};

// Holds from the end of the stage before it up to but not including step `until`.
struct Stage {
  StageShape shape;
  double from;
  double to;
  long until;
};

// Entry i is the learning rate at step i, counted from 0; the last one is at the step of its end,
// at which a run of that many steps logs its last loss.
using Rates = std::vector<double>;

inline constexpr long kMostSteps = 50'000'000;

// The rates of stages in a row; `until` increases from one to the next.
Rates rates_of(const std::vector<Stage>& stages);

// Stages of a schedule that is written out, after a linear warm-up from 0 over `warmup` steps,
// which is 0 if it is left out:
//   constant:peak=3e-4,warmup=2000,total=24000
//   cosine:peak=3e-4,min=3e-5,warmup=2000,total=24000
//   linear:peak=3e-4,min=3e-5,warmup=2000,total=24000
//   wsd:peak=3e-4,min=3e-5,warmup=2000,decay_start=20000,total=24000,decay=exp
//       decay is linear, cosine, exp or sqrt (peak + (min - peak) sqrt(u)), linear if left out; for
//       decay_start may stand stable, the number of steps at the peak
//   two-stage:peak=3e-4,second=9e-5,warmup=2000,switch=8000,total=16000
// min is 0 if it is left out. Numbers may be written 24k.
//
//   throws  InputError that names the key
std::vector<Stage> parse_stages(std::string_view text);

// The shape called "constant", "linear", "cosine", "exponential" or "exp", "sqrt". Throws
// InputError.
StageShape shape_called(std::string_view name);

}  // namespace isoloss
