#include "host/formula/law_file.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <cmath>
#include <limits>
#include <utility>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/formula/toml_text.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;

class LawFileReader {
 public:
  LawFileReader(const toml::table& file, const std::string& path) : file_(file), path_(path) {}

  FormulaRequest read() {
    for (const auto& [key, value] : file_) read_top(key.str(), value);
    if (out_.formula.text.empty())
      throw InputError(path_, 0, "", "no formula", "write formula = \"E + A/N^alpha\", say");
    out_.formula.path = path_;
    out_.formula.label = "formula";
    return std::move(out_);
  }

 private:
  static std::size_t line_of_node(const toml::node& node) { return node.source().begin.line; }

  [[noreturn]] void fail(const toml::node& node, const std::string& message,
                         const std::string& hint) const {
    throw InputError(path_, line_of_node(node), "", message, hint);
  }
  [[noreturn]] void refuse_key(std::string_view key, const toml::node& node,
                               const char* known) const {
    fail(node, fmt::format("unknown key {}", shown(from_ascii(key))),
         did_you_mean(key, words_of(known), fmt::format("the keys are {}", known)));
  }

  std::string text(std::string_view key, const toml::node& node) const {
    if (const auto* value = node.as_string(); value && !value->get().empty())
      return from_ascii(value->get());
    fail(node, fmt::format("{} is not a text", key), fmt::format("write {} = \"...\"", key));
  }
  double number(std::string_view key, const toml::node& node) const {
    const auto value = node.value<double>();
    if (node.is_number() && value && !std::isnan(*value)) return *value;
    fail(node, fmt::format("{} is not a number", key), "write 0.5, say");
  }
  const toml::table& table(std::string_view key, const toml::node& node) const {
    if (const auto* value = node.as_table()) return *value;
    fail(node, fmt::format("{} is not a table", key), fmt::format("write [{}.NAME]", key));
  }

  void read_top(std::string_view key, const toml::node& node) {
    if (key == "formula") {
      out_.formula.text = text(key, node);
      out_.formula.line = line_of_node(node);
    } else if (key == "response") {
      out_.names.response = text(key, node);
    } else if (key == "source") {
      out_.source = text(key, node);
    } else if (key == "params") {
      for (const auto& [name, value] : table(key, node))
        read_param(from_ascii(name.str()), table(key, value));
    } else if (key == "inputs") {
      for (const auto& [name, value] : table(key, node))
        read_input(from_ascii(name.str()), table(key, value));
    } else {
      refuse_key(key, node, "formula, response, source, [params.NAME] and [inputs.NAME]");
    }
  }

  void read_param(const std::string& name, const toml::table& param) {
    ParamNote& note = out_.notes[name];
    note.line = line_of_node(param);
    for (const auto& [key, node] : param) {
      if (key == "bounds") {
        out_.overrides.bound[name] = bounds(node);
      } else if (key == "start") {
        out_.overrides.start[name] = finite("start", node);
      } else if (key == "meaning") {
        note.meaning = text(key.str(), node);
      } else if (key == "unit") {
        note.unit = text(key.str(), node);
      } else if (key == "scale") {
        note.scale = scale(node);
      } else {
        refuse_key(key.str(), node, "bounds, start, meaning, unit and scale");
      }
    }
    require_consistent(name, note, param);
  }

  double finite(std::string_view key, const toml::node& node) const {
    const double value = number(key, node);
    if (std::isfinite(value)) return value;
    fail(node, fmt::format("{} is infinite", key), "write a finite number");
  }

  std::pair<double, double> bounds(const toml::node& node) const {
    const auto* ends = node.as_array();
    if (!ends || ends->size() != 2) fail(node, "bounds are not two numbers", "write [0, 1], say");
    const double lower = number("the lower bound", *ends->get(0));
    const double upper = number("the upper bound", *ends->get(1));
    if (!(lower < upper)) fail(node, "the lower bound is not below the upper", "write [0, 1], say");
    return {lower, upper};
  }

  Scale scale(const toml::node& node) const {
    const std::string value = text("scale", node);
    if (value == "log") return Scale::log;
    if (value == "linear") return Scale::linear;
    fail(node, fmt::format("the scale {} is not known", shown(value)), "write log or linear");
  }

  void require_consistent(const std::string& name, const ParamNote& note,
                          const toml::table& param) const {
    constexpr double kOpen = std::numeric_limits<double>::infinity();
    const auto bound = out_.overrides.bound.find(name);
    const auto [lower, upper] =
        bound == out_.overrides.bound.end() ? std::pair(-kOpen, kOpen) : bound->second;
    const auto start = out_.overrides.start.find(name);
    const bool has_start = start != out_.overrides.start.end();
    if (has_start && (start->second < lower || start->second > upper))
      fail(*param.get("start"), fmt::format("{} starts outside its bounds", name), "");
    if (note.scale != Scale::log) return;
    if ((std::isfinite(lower) && lower < 0) || upper <= 0 || (has_start && start->second <= 0)) {
      fail(*param.get("scale"), fmt::format("{} is not positive, and its scale is log", name),
           "write scale = \"linear\"");
    }
  }

  void read_input(const std::string& name, const toml::table& input) {
    std::string& column = out_.names.declared[name];
    for (const auto& [key, node] : input) {
      if (key != "column") refuse_key(key.str(), node, "column");
      column = text(key.str(), node);
    }
  }

  const toml::table& file_;
  const std::string& path_;
  FormulaRequest out_;
};

}  // namespace

FormulaRequest parse_law_file(std::string_view text, const std::string& path) {
  text = without_mark(text);
  if (const auto at = first_not_utf8(text); at != std::string_view::npos)
    throw InputError(path, line_of(text, at), "", "not UTF-8", "save it as UTF-8");
  try {
    const toml::table file = toml::parse(in_ascii(text));
    return LawFileReader(file, path).read();
  } catch (const toml::parse_error& error) {
    throw InputError(path, error.source().begin.line, "",
                     fmt::format("not TOML: {}", printable(from_ascii(error.description()))),
                     "text stands in double quotes: formula = \"E + A/N^alpha\"");
  }
}

FormulaRequest read_law_file(const std::string& path) {
  const std::string text = read_file(path);
  if (text.size() > kMostBytes) {
    throw InputError(path, 0, "", "more than 1 MB, no law file", "a law file has a formula in it");
  }
  return parse_law_file(text, path);
}

}  // namespace isoloss
