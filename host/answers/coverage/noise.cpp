#include "host/answers/coverage/noise.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::pair<NoiseKind, std::string_view> kNoiseKinds[] = {
    {NoiseKind::residuals, "residuals"},
    {NoiseKind::gauss, "gauss"},
    {NoiseKind::student, "student"}};

// A number of a noise and what it may be.
struct Part {
  std::string_view name;
  double Noise::*value;
  double least, most;
  std::string_view range;
};

constexpr double kAny = INFINITY;
constexpr Part kParts[] = {
    {"sd", &Noise::scale, 0, kAny, "a positive number"},
    {"scale", &Noise::scale, 0, kAny, "a positive number"},
    {"growth", &Noise::growth, -kAny, kAny, "a number"},
    {"outliers", &Noise::outliers, 0, 1, "a share between 0 and 1"},
    {"times", &Noise::times, 0, kAny, "a positive number"},
    {"correlation", &Noise::correlation, 0, 1, "between 0 and 1"},
};
constexpr int kMostDegrees = 100;

std::vector<std::string> names_of_parts() {
  std::vector<std::string> out{"degrees", "fades"};
  for (const Part& part : kParts) out.emplace_back(part.name);
  return out;
}

[[noreturn]] void refuse_noise(const std::string& what, const std::string& hint) {
  refuse("noise: " + what, hint);
}

double number_of(std::string_view name, std::string_view text) {
  const Number number = parse_number(text);
  if (number.kind != Number::Kind::value)
    refuse_noise(fmt::format("{} of {} is no number", shown(text), name), "write NAME=NUMBER");
  return number.value;
}

void set_degrees(double value, Noise& noise) {
  if (value < 1 || value > kMostDegrees || value != std::floor(value))
    refuse_noise(fmt::format("degrees={:g}", value),
                 fmt::format("degrees of freedom are whole, 1 to {}", kMostDegrees));
  noise.degrees = static_cast<int>(value);
}

// The width of a normal distribution is its standard deviation, that of a t is not.
void require_of_kind(std::string_view name, NoiseKind kind) {
  const bool is_gauss = name == "sd", is_student = name == "scale" || name == "degrees";
  if (is_gauss && kind == NoiseKind::student)
    refuse_noise("sd goes with gauss", "write student:scale=0.004, of log loss");
  if (is_student && kind == NoiseKind::gauss)
    refuse_noise(fmt::format("{} goes with student", name), "write gauss:sd=0.01, of log loss");
}

void set_part(std::string_view name, std::string_view text, Noise& noise) {
  require_of_kind(name, noise.kind);
  if (name == "degrees") return set_degrees(number_of(name, text), noise);
  for (const Part& part : kParts) {
    if (part.name != name) continue;
    const double value = number_of(name, text);
    // The ends are none: noise without width is no noise, and rows that are all alike one run.
    if (!(value > part.least && value < part.most))
      refuse_noise(fmt::format("{}={:g}", name, value), fmt::format("it is {}", part.range));
    noise.*part.value = value;
    return;
  }
  refuse_noise(fmt::format("{} is none of its numbers", shown(name)),
               near_or_all(name, names_of_parts(), "there are"));
}

NoiseKind kind_of(std::string_view text) {
  std::vector<std::string> names;
  for (const auto& [kind, name] : kNoiseKinds) {
    if (name == text) return kind;
    names.emplace_back(name);
  }
  refuse_noise(fmt::format("{} is no kind of noise", shown(text)),
               near_or_all(text, names, "there are"));
}

std::string_view name_of(NoiseKind own) {
  for (const auto& [kind, name] : kNoiseKinds)
    if (kind == own) return name;
  return "";
}

void require_scale(const Noise& noise, std::string_view text) {
  const bool has_scale = noise.scale > 0;
  if (noise.kind != NoiseKind::residuals && !has_scale)
    refuse_noise(fmt::format("{} has no width", shown(text)),
                 noise.kind == NoiseKind::gauss ? "write gauss:sd=0.01, of log loss"
                                                : "write student:scale=0.004, of log loss");
  const bool is_shaped = has_scale || noise.growth != 0 || noise.outliers > 0 ||
                         noise.is_clustered() || noise.degrees != Noise().degrees ||
                         noise.times != Noise().times;
  if (noise.kind == NoiseKind::residuals && is_shaped)
    refuse_noise("the residuals are as they are", "write residuals alone, or gauss or student");
  if (noise.times != Noise().times && noise.outliers == 0)
    refuse_noise("times without outliers", "write outliers=0.05,times=10");
  if (noise.fades && !noise.is_clustered())
    refuse_noise("fades without a correlation", "write correlation=0.9,fades");
}

}  // namespace

Noise parse_noise(std::string_view text) {
  Noise out;
  const std::size_t colon = text.find(':');
  out.kind = kind_of(trim(text.substr(0, colon)));
  std::string_view rest = colon == text.npos ? "" : text.substr(colon + 1);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = trim(rest.substr(0, comma));
    rest = comma == rest.npos ? "" : rest.substr(comma + 1);
    const std::size_t equals = part.find('=');
    if (part == "fades") {
      out.fades = true;
    } else {
      set_part(part.substr(0, equals), equals == part.npos ? "" : part.substr(equals + 1), out);
    }
  }
  require_scale(out, text);
  return out;
}

std::string noise_text(const Noise& noise) {
  std::string out(name_of(noise.kind));
  if (noise.kind == NoiseKind::residuals) return out;
  const bool is_student = noise.kind == NoiseKind::student;
  out += fmt::format(":{}={}", is_student ? "scale" : "sd", noise.scale);
  if (is_student) out += fmt::format(",degrees={}", noise.degrees);
  if (noise.growth != 0) out += fmt::format(",growth={}", noise.growth);
  if (noise.outliers > 0) out += fmt::format(",outliers={},times={}", noise.outliers, noise.times);
  if (noise.is_clustered()) out += fmt::format(",correlation={}", noise.correlation);
  if (noise.fades) out += ",fades";
  return out;
}

}  // namespace isoloss
