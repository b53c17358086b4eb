#include "host/curves/schedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "fits/functions.h"
#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// Far above any learning rate; sums of it over a training stay finite.
constexpr double kHighestRate = 1e6;

struct Kind {
  std::string_view name;
  std::vector<std::string_view> needed, optional;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"constant", {"peak", "total"}, {"warmup"}},
      {"cosine", {"peak", "total"}, {"min", "warmup"}},
      {"linear", {"peak", "total"}, {"min", "warmup"}},
      {"wsd", {"peak", "total"}, {"min", "warmup", "decay_start", "stable", "decay"}},
      {"two-stage", {"peak", "second", "switch", "total"}, {"warmup"}},
  };
  return all;
}

[[noreturn]] void fail(const std::string& message, const std::string& hint) {
  throw InputError("", 0, "", "``schedule``: " + message, hint);
}

// The text behind the colon: keys with their values.
class Keys {
 public:
  Keys(const Kind& kind, std::string_view text) : kind_(kind) {
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      add(text.substr(0, comma));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    for (const std::string_view key : kind.needed)
      if (!has(key)) fail(fmt::format("{} needs {}", kind.name, key), usage());
  }

  bool has(std::string_view key) const { return value_.contains(std::string(key)); }
  std::string text(std::string_view key) const { return value_.at(std::string(key)); }

  // A learning rate; the least of a decay may be 0. Sums over all steps of one that is larger could
  // be infinite.
  double rate(std::string_view key, std::optional<double> otherwise = {}) const {
    if (otherwise && !has(key)) return *otherwise;
    const double value = number(key);
    if (value <= kHighestRate && (value > 0 || (value == 0 && key == "min"))) return value;
    fail(fmt::format("{}={} is no learning rate", key, shown(text(key))), "write 3e-4, say");
  }

  long steps(std::string_view key, std::optional<long> otherwise = {}) const {
    if (otherwise && !has(key)) return *otherwise;
    const double value = number(key);
    if (value >= 0 && value <= kMostSteps && value == std::floor(value))
      return static_cast<long>(value);
    fail(fmt::format("{}={} is no number of steps", key, shown(text(key))),
         fmt::format("write a whole number up to {}", kMostSteps));
  }

 private:
  std::string usage() const {
    return fmt::format("{}: takes {}, and may take {}", kind_.name, fmt::join(kind_.needed, ", "),
                       fmt::join(kind_.optional, ", "));
  }

  void add(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    const std::string key(trim(pair.substr(0, equals)));
    const auto is_key = [&](const std::vector<std::string_view>& keys) {
      return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    if (!is_key(kind_.needed) && !is_key(kind_.optional))
      fail(fmt::format("{} has no key {}", kind_.name, shown(key)), usage());
    if (equals == std::string_view::npos) fail(key + " has no value", "write " + key + "=VALUE");
    if (!value_.emplace(key, trim(pair.substr(equals + 1))).second)
      fail(key + " stands there twice", "leave one of them out");
  }

  double number(std::string_view key) const {
    const Number parsed = parse_number(text(key));
    if (parsed.kind == Number::Kind::value && std::isfinite(parsed.value)) return parsed.value;
    fail(fmt::format("{}={} is not a number", key, shown(text(key))), "write 3e-4 or 24000, say");
  }

  const Kind& kind_;
  std::map<std::string, std::string> value_;
};

const Kind& kind_called(std::string_view name) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    if (kind.name == name) return kind;
    names.emplace_back(kind.name);
  }
  fail(fmt::format("no schedule is called {}", shown(name)),
       did_you_mean(name, names,
                    fmt::format("there are {}; steps:FILE.csv gives the rate of every step",
                                fmt::join(names, ", "))));
}

// Adds a stage; its end must not come before that of the one before it.
void add_stage(std::vector<Stage>& stages, const Stage& stage, const char* key,
               const char* before) {
  const long begin = stages.empty() ? 0 : stages.back().until;
  if (stage.until < begin)
    fail(fmt::format("{}={} comes before {}, at step {}", key, stage.until, before, begin),
         "steps count from the start of the run");
  if (stage.until > begin) stages.push_back(stage);
}

long decay_start(const Keys& keys, long warmup) {
  if (keys.has("decay_start") == keys.has("stable"))
    fail("wsd needs one of decay_start and stable",
         "decay_start is a step, stable a number of steps after the warm-up");
  return keys.has("stable") ? warmup + keys.steps("stable") : keys.steps("decay_start");
}

double rate_in(const Stage& stage, double u) {
  const double change = stage.to - stage.from;
  switch (stage.shape) {
    case StageShape::linear:
      return stage.from + change * u;
    case StageShape::cosine:
      return stage.to - 0.5 * change * (1 + isoloss::cos(std::numbers::pi * u));
    case StageShape::exponential:
      return stage.from * isoloss::exp(u * isoloss::log(stage.to / stage.from));
    case StageShape::square_root:
      return stage.from + change * std::sqrt(u);
    default:
      return stage.to;
  }
}

}  // namespace

StageShape shape_called(std::string_view name) {
  static const std::map<std::string_view, StageShape> shapes{
      {"constant", StageShape::constant},       {"linear", StageShape::linear},
      {"cosine", StageShape::cosine},           {"exp", StageShape::exponential},
      {"exponential", StageShape::exponential}, {"sqrt", StageShape::square_root},
  };
  const auto found = shapes.find(name);
  if (found != shapes.end()) return found->second;
  fail(fmt::format("no decay is called {}", shown(name)), "there are linear, cosine, exp and sqrt");
}

std::vector<Stage> parse_stages(std::string_view text) {
  const std::size_t colon = text.find(':');
  const Kind& kind = kind_called(trim(text.substr(0, colon)));
  const Keys keys(kind, colon == std::string_view::npos ? "" : text.substr(colon + 1));
  const double peak = keys.rate("peak");
  const long warmup = keys.steps("warmup", 0);
  const long total = keys.steps("total");
  if (total == 0) fail("total=0 is an empty run", "write the number of steps");
  std::vector<Stage> stages;
  add_stage(stages, {StageShape::linear, 0, peak, warmup}, "warmup", "the start");
  StageShape shape = kind.name == "constant" || kind.name == "two-stage"
                         ? StageShape::constant
                         : shape_called(kind.name == "wsd" ? "linear" : kind.name);
  double last = keys.rate("min", kind.name == "constant" ? peak : 0);
  if (kind.name == "wsd") {
    const long start = decay_start(keys, warmup);
    add_stage(stages, {StageShape::constant, peak, peak, start}, "decay_start", "the warm-up ends");
    if (keys.has("decay")) shape = shape_called(keys.text("decay"));
    if (shape == StageShape::exponential && last == 0)
      fail("an exponential decay needs min > 0", "write min=3e-5, say");
  } else if (kind.name == "two-stage") {
    const long start = keys.steps("switch");
    add_stage(stages, {StageShape::constant, peak, peak, start}, "switch", "the warm-up ends");
    last = keys.rate("second");
  }
  add_stage(stages, {shape, peak, last, total}, "total", "the last stage begins");
  return stages;
}

Rates rates_of(const std::vector<Stage>& stages) {
  Rates out;
  out.reserve(static_cast<std::size_t>(stages.back().until) + 1);
  long begin = 0;
  for (const Stage& stage : stages) {
    const auto length = static_cast<double>(stage.until - begin);
    for (long step = begin; step < stage.until; ++step)
      out.push_back(rate_in(stage, static_cast<double>(step - begin) / length));
    begin = stage.until;
  }
  out.push_back(stages.back().to);
  return out;
}

}  // namespace isoloss
