#include "host/report/chart_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json rounded(double x) {
  return std::isfinite(x) ? Json(std::stod(fmt::format("{:.6g}", x))) : Json(nullptr);
}

Json rounded(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double x : values) out.push_back(rounded(x));
  return out;
}

Json ends(const std::vector<Interval>& intervals, double Interval::*of) {
  Json out = Json::array();
  for (const Interval& interval : intervals) out.push_back(rounded(interval.*of));
  return out;
}

Json axis_json(const ChartAxis& axis, const std::vector<Trace>& traces,
               std::vector<double> Trace::*of) {
  Json out{{"title", axis.title}, {"log", axis.is_log}, {"names", axis.names}};
  if (!axis.is_log) return out;
  double least = INFINITY, most = 0;
  for (const Trace& trace : traces)
    for (const double x : trace.*of) {
      least = std::fmin(least, x);
      most = std::fmax(most, x);
    }
  out["decades"] = rounded(std::log10(most / least));
  return out;
}

Json trace_json(const Trace& trace) {
  static constexpr const char* kKinds[] = {"points", "line", "guide", "contour"};
  Json z = Json::array();
  for (const std::vector<double>& row : trace.z) z.push_back(rounded(row));
  Json out{{"name", trace.name},
           {"kind", kKinds[static_cast<int>(trace.kind)]},
           {"x", rounded(trace.x)},
           {"y", rounded(trace.y)},
           {"lower", ends(trace.interval, &Interval::lower)},
           {"upper", ends(trace.interval, &Interval::upper)},
           {"x_lower", ends(trace.x_interval, &Interval::lower)},
           {"x_upper", ends(trace.x_interval, &Interval::upper)},
           {"labels", trace.labels},
           {"z", z}};
  if (trace.with) out["with"] = *trace.with;
  if (trace.is_joined) out["joined"] = true;
  return out;
}

Json head_json(const Chart& chart) {
  return {{"title", chart.title},
          {"x", axis_json(chart.x, chart.traces, &Trace::x)},
          {"y", axis_json(chart.y, chart.traces, &Trace::y)}};
}

}  // namespace

std::string chart_json(const Chart& chart) {
  Json out{{"kind", chart.kind}, {"note", chart.note}};
  out.update(head_json(chart));
  out["traces"] = Json::array();
  for (const Trace& trace : chart.traces) out["traces"].push_back(trace_json(trace));
  return json_line(out) + "\n";
}

std::string charts_json(const std::vector<Chart>& charts) {
  Json all = Json::array();
  std::map<std::vector<std::string>, Json> places;  // of labels
  for (const Chart& chart : charts) {
    Json traces = Json::array();
    for (const Trace& trace : chart.traces) {
      Json own = trace_json(trace);
      const auto [first, is_new] =
          places.emplace(trace.labels, Json::array({all.size(), traces.size()}));
      if (!is_new && !trace.labels.empty()) {
        own["labels"] = Json::array();
        own["labels_of"] = first->second;
      }
      traces.push_back(own);
    }
    all.push_back(head_json(chart));
    all.back()["traces"] = traces;
  }
  std::string out;
  for (const char c : all.dump(-1, ' ', false, Json::error_handler_t::replace))
    out += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return out;
}

}  // namespace isoloss
