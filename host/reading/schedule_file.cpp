#include "host/reading/schedule_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

class ScheduleReader {
 public:
  explicit ScheduleReader(const std::string& path) : path_(path) {}

  std::map<std::string, std::vector<Stage>> read(const toml::table& file) const {
    const toml::array* schedules = file["schedule"].as_array();
    if (schedules == nullptr) fail(file, "no schedule", "write [[schedule]] with run and stages");
    std::map<std::string, std::vector<Stage>> out;
    for (const toml::node& node : *schedules) {
      const toml::table& own = table(node);
      const auto run = own["run"].value<std::string>();
      if (!run) fail(own, "a schedule without a run", "write run = \"NAME\"");
      if (!out.emplace(*run, stages(own)).second)
        fail(own, fmt::format("two schedules of run {}", shown(*run)), "leave one of them out");
    }
    return out;
  }

 private:
  [[noreturn]] void fail(const toml::node& node, const std::string& message,
                         const std::string& hint) const {
    throw InputError(path_, node.source().begin.line, "", message, hint);
  }
  const toml::table& table(const toml::node& node) const {
    if (const auto* own = node.as_table()) return *own;
    fail(node, "not a table", "write { shape = \"constant\", to = 3e-4, until = 24000 }");
  }

  std::vector<Stage> stages(const toml::table& schedule) const {
    const toml::array* list = schedule["stages"].as_array();
    if (list == nullptr || list->empty())
      fail(schedule, "a schedule without stages", "write stages = [{ shape = ... }]");
    std::vector<Stage> out;
    for (const toml::node& node : *list) out.push_back(stage(table(node), out));
    return out;
  }

  double rate(const toml::table& stage, const char* key, double otherwise) const {
    const double value = stage[key].value<double>().value_or(otherwise);
    if (std::isfinite(value) && value >= 0) return value;
    fail(stage, fmt::format("{} is no learning rate", key), fmt::format("write {} = 3e-4", key));
  }

  Stage stage(const toml::table& own, const std::vector<Stage>& before) const {
    const double to = rate(own, "to", -1);
    const double from = rate(own, "from", before.empty() ? to : before.back().to);
    const auto until = own["until"].value<long>();
    if (!until || *until <= (before.empty() ? 0 : before.back().until) || *until > kMostSteps)
      fail(own, "until is no step after the stage before it", "write until = 24000");
    const auto shape = own["shape"].value<std::string>();
    if (!shape) fail(own, "a stage without a shape", "write shape = \"linear\"");
    const Stage out{shape_called(*shape), from, to, *until};
    if (out.shape == StageShape::exponential && !(from > 0 && to > 0))
      fail(own, "an exponential stage goes between positive rates", "write to = 3e-5");
    return out;
  }

  const std::string& path_;
};

}  // namespace

std::map<std::string, std::vector<Stage>> read_schedules(const std::string& path) {
  const std::string text = read_file(path);
  try {
    return ScheduleReader(path).read(toml::parse(text, path));
  } catch (const toml::parse_error& error) {
    throw InputError(path, error.source().begin.line, "",
                     fmt::format("not TOML: {}", printable(error.description())),
                     "the README shows a file of schedules");
  }
}

Rates rates_between(const std::vector<std::pair<long, double>>& known) {
  Rates out(static_cast<std::size_t>(known.front().first) + 1, known.front().second);
  for (std::size_t i = 1; i < known.size(); ++i) {
    const auto [begin, from] = known[i - 1];
    const auto [end, to] = known[i];
    const auto length = static_cast<double>(end - begin);
    for (long step = begin + 1; step < end; ++step)
      out.push_back(from + (to - from) * (static_cast<double>(step - begin) / length));
    out.push_back(to);
  }
  return out;
}

Rates read_rates(const std::string& path) {
  ReadOptions options;
  options.inputs = {{"steps", false}};
  options.response = "lr";
  options.positive_response = false;
  const RunTable table = read_runs(path, options);
  std::vector<std::pair<long, double>> known;
  for (std::size_t i = 0; i < table.num_runs(); ++i) {
    const double step = table.values_of("steps")[i];
    const long least = known.empty() ? 0 : known.back().first + 1;
    if (!(step >= static_cast<double>(least) && step <= kMostSteps) || step != std::floor(step))
      throw InputError(path, table.line[i], "step", fmt::format("{:g} is no step", step),
                       fmt::format("steps are whole, increase and are at most {}", kMostSteps));
    if (table.loss[i] < 0)
      throw InputError(path, table.line[i], "lr", fmt::format("{:g} is negative", table.loss[i]),
                       "a learning rate is 0 or more");
    known.emplace_back(static_cast<long>(step), table.loss[i]);
  }
  return rates_between(known);
}

}  // namespace isoloss
