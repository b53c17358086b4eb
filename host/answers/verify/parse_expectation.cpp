#include "host/answers/verify/parse_expectation.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <optional>

#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::string_view kExpectationKeys =
    "quantity, at, rows, per, flops, value, relation and relative";

Relation relation(const TomlReader& in, const toml::node& node) {
  const std::string value = in.text("relation", node);
  if (value == "equal") return Relation::equal;
  if (value == "at_most") return Relation::at_most;
  if (value == "at_least") return Relation::at_least;
  in.fail(node, fmt::format("the relation {} is not known", shown(value)),
          "write equal, at_most or at_least");
}

constexpr std::string_view kIntervalKeys = "quantity, lower, upper, confidence and how";

double positive(const TomlReader& in, std::string_view key, const toml::node& node) {
  const double value = in.number(key, node);
  if (value > 0) return value;
  in.fail(node, fmt::format("{} is not positive", key), "");
}

}  // namespace

double half_unit(std::string_view digits) {
  const std::size_t e = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, e);
  int exponent =
      e == std::string_view::npos ? 0 : std::atoi(std::string(digits.substr(e + 1)).c_str());
  const std::size_t point = mantissa.find('.');
  if (point != std::string_view::npos) exponent -= static_cast<int>(mantissa.size() - point - 1);
  return 0.5 * std::pow(10.0, exponent);
}

bool Expectation::accepts(double ours) const {
  switch (relation) {
    case Relation::at_most:
      return ours <= value + tolerance;
    case Relation::at_least:
      return ours >= value - tolerance;
    default:
      return std::fabs(ours - value) <= tolerance;
  }
}

Expectation parse_expectation(const TomlReader& in, const toml::table& table) {
  Expectation out;
  out.line = TomlReader::line(table);
  std::optional<double> relative;
  for (const auto& [name, node] : table) {
    const std::string_view key = name.str();
    if (key == "quantity") {
      out.quantity = in.text(key, node);
    } else if (key == "at") {
      out.at = in.text(key, node);
    } else if (key == "rows") {
      out.rows = in.text(key, node);
    } else if (key == "per") {
      out.per = in.text(key, node);
    } else if (key == "flops") {
      out.flops = positive(in, key, node);
    } else if (key == "value") {
      out.digits = in.text(key, node);
      out.value = in.digits(key, node);
    } else if (key == "relation") {
      out.relation = relation(in, node);
    } else if (key == "relative") {
      relative = positive(in, key, node);
    } else {
      in.refuse_key(key, node, kExpectationKeys);
    }
  }
  for (const char* key : {"quantity", "value"})
    if (!table.contains(key)) in.fail(table, fmt::format("[[expect]] has no {}", key), "");
  out.tolerance = relative ? *relative * std::fabs(out.value) : half_unit(out.digits);
  return out;
}

PublishedInterval parse_published_interval(const TomlReader& in, const toml::table& table) {
  PublishedInterval out;
  out.line = TomlReader::line(table);
  for (const auto& [name, node] : table) {
    const std::string_view key = name.str();
    if (key == "quantity") {
      out.quantity = in.text(key, node);
    } else if (key == "lower") {
      out.lower = in.text(key, node);
      out.interval.lower = in.digits(key, node);
    } else if (key == "upper") {
      out.upper = in.text(key, node);
      out.interval.upper = in.digits(key, node);
    } else if (key == "confidence") {
      out.confidence = positive(in, key, node);
    } else if (key == "how") {
      out.how = in.text(key, node);
    } else {
      in.refuse_key(key, node, kIntervalKeys);
    }
  }
  for (const char* key : {"quantity", "lower", "upper", "confidence"})
    if (!table.contains(key)) in.fail(table, fmt::format("[[interval]] has no {}", key), "");
  if (!(out.width() > 0)) in.fail(table, "the interval has no width", "write lower below upper");
  if (out.confidence >= 1) in.fail(table, "the confidence is not below 1", "write 0.95, say");
  return out;
}

}  // namespace isoloss
