#include "host/answers/verify/published_fit.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <utility>

#include "host/answers/verify/parse_expectation.h"
#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"

namespace isoloss {
namespace {

constexpr std::string_view kFitKeys =
    "title, source, note, dataset, dataset_env, schedules, rows, where, drop_highest_loss, "
    "best_of, response, weights, columns, law, formula, fix, method, along, budget, objective, "
    "[published], [constants.NAME], [[expect]] and [[interval]]";

class PublishedFitReader {
 public:
  PublishedFitReader(const toml::table& file, const std::string& path) : file_(file), in_(path) {
    out_.path = path;
    out_.name = std::filesystem::path(path).stem().string();
  }

  PublishedFit read() {
    for (const auto& [key, node] : file_) {
      if (!read_text(key.str(), node) && !read_table(key.str(), node)) read_other(key.str(), node);
    }
    require_whole();
    return std::move(out_);
  }

 private:
  // Keys whose value is a text that is kept as it is.
  bool read_text(std::string_view key, const toml::node& node) {
    const std::pair<std::string_view, std::string*> texts[] = {
        {"title", &out_.title},         {"source", &out_.source},
        {"note", &out_.note},           {"dataset", &out_.dataset},
        {"schedules", &out_.schedules}, {"dataset_env", &out_.dataset_env},
        {"where", &out_.where},         {"response", &out_.response},
        {"weights", &out_.weights},     {"along", &out_.along},
        {"budget", &out_.budget}};
    for (const auto& [name, target] : texts) {
      if (name != key) continue;
      *target = in_.text(key, node);
      return true;
    }
    return false;
  }

  bool read_table(std::string_view key, const toml::node& node) {
    if (key == "columns") {
      for (const auto& [quantity, header] : in_.table(key, node))
        out_.columns[std::string(quantity.str())] = in_.text(quantity.str(), header);
    } else if (key == "fix") {
      for (const auto& [param, value] : in_.table(key, node))
        out_.fix[std::string(param.str())] = in_.number(param.str(), value);
    } else if (key == "objective") {
      read_objective(in_.table(key, node));
    } else if (key == "published") {
      read_published(in_.table(key, node));
    } else if (key == "constants") {
      for (const auto& [name, values] : in_.table(key, node))
        read_constants(std::string(name.str()), in_.table(name.str(), values));
    } else if (key == "expect") {
      for (const toml::node& one : in_.array(key, node))
        out_.expect.push_back(parse_expectation(in_, in_.table(key, one)));
    } else if (key == "interval") {
      for (const toml::node& one : in_.array(key, node))
        out_.intervals.push_back(parse_published_interval(in_, in_.table(key, one)));
    } else {
      return false;
    }
    return true;
  }

  void read_other(std::string_view key, const toml::node& node) {
    if (key == "rows") {
      out_.num_rows = in_.count(key, node);
    } else if (key == "drop_highest_loss") {
      out_.drop_highest_loss = in_.count(key, node);
    } else if (key == "best_of") {
      for (const toml::node& header : in_.array(key, node))
        out_.best_of.push_back(in_.text(key, header));
    } else if (key == "law" || key == "formula") {
      if (!out_.law.empty()) in_.fail(node, "both law and formula", "leave one out");
      out_.law = in_.text(key, node);
    } else if (key == "method") {
      out_.method = method(node);
    } else {
      in_.refuse_key(key, node, kFitKeys);
    }
  }

  FitMethod method(const toml::node& node) const {
    const std::string value = in_.text("method", node);
    if (value == "fit") return FitMethod::fit;
    if (value == "isoflop") return FitMethod::isoflop;
    in_.fail(node, fmt::format("the method {} is not known", shown(value)), "write fit or isoflop");
  }

  void read_objective(const toml::table& objective) {
    bool has_delta = false;
    for (const auto& [key, node] : objective) {
      if (key == "loss") {
        out_.residual_loss.kind = kind(node);
      } else if (key == "delta") {
        out_.residual_loss.huber_delta = in_.number(key.str(), node);
        has_delta = true;
      } else if (key == "residual") {
        const std::string value = in_.text(key.str(), node);
        if (value != "log" && value != "linear")
          in_.fail(node, fmt::format("the residual {} is not known", shown(value)),
                   "write log or linear");
        out_.log_residual = value == "log";
      } else {
        in_.refuse_key(key.str(), node, "loss, delta and residual");
      }
    }
    if (out_.residual_loss.kind == ResidualKind::huber &&
        !(has_delta && out_.residual_loss.huber_delta > 0))
      in_.fail(objective, "huber has no positive delta", "write delta = 1e-3, say");
  }

  ResidualKind kind(const toml::node& node) const {
    const std::string value = in_.text("loss", node);
    if (value == "huber") return ResidualKind::huber;
    if (value == "squared") return ResidualKind::squared;
    if (value == "absolute") return ResidualKind::absolute;
    in_.fail(node, fmt::format("the loss {} is not known", shown(value)),
             "write huber, squared or absolute");
  }

  void read_published(const toml::table& published) {
    for (const auto& [key, node] : published) {
      if (key == "reproducible") {
        out_.reproducible = in_.yes_or_no(key.str(), node);
      } else if (key == "reason") {
        out_.reason = in_.text(key.str(), node);
      } else {
        in_.refuse_key(key.str(), node, "reproducible and reason");
      }
    }
    if (!out_.reproducible && out_.reason.empty())
      in_.fail(published, "no reason why it is not reproducible", "write reason = \"...\"");
  }

  void read_constants(const std::string& name, const toml::table& values) {
    Constants& constants = out_.constants[name];
    constants.line = TomlReader::line(values);
    for (const auto& [param, value] : values)
      constants.values[std::string(param.str())] = in_.digits(param.str(), value);
  }

  void require(bool holds, const std::string& message) const {
    if (!holds) throw InputError(out_.path, 0, "", message, "");
  }

  void require_whole() const {
    for (const char* key : {"title", "source", "dataset", "published"})
      require(file_.contains(key), fmt::format("no {}", key));
    require(!out_.expect.empty(), "no [[expect]]: nothing has to come out");
    const bool is_isoflop = out_.method == FitMethod::isoflop;
    require(is_isoflop == out_.law.empty(),
            is_isoflop ? "isoflop fits no law" : "neither law nor formula");
    require(is_isoflop || file_.contains("objective"), "no objective");
    require(!is_isoflop || out_.intervals.empty(), "isoflop makes no intervals to compare");
    for (const PublishedInterval& own : out_.intervals)
      if (own.confidence != out_.intervals.front().confidence)
        throw InputError(out_.path, own.line, "", "the intervals are of several confidences",
                         "write a file for each");
    for (const Expectation& expected : out_.expect) {
      if (expected.at != "fit" && !out_.constants.contains(expected.at))
        throw InputError(out_.path, expected.line, "",
                         fmt::format("there is no [constants.{}]", printable(expected.at)), "");
    }
  }

  const toml::table& file_;
  const TomlReader in_;
  PublishedFit out_;
};

}  // namespace

PublishedFit parse_published_fit(std::string_view text, const std::string& path) {
  const toml::table file = TomlReader(path).parse(text);
  return PublishedFitReader(file, path).read();
}

}  // namespace isoloss
