#include "host/report/text_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/base/text.h"
#include "host/report/chart_scale.h"
#include "host/report/ink.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kHeight = 20;
constexpr std::size_t kLabels = 9;  // columns of the y axis and what stands on it
constexpr char kInterval = ':';

// Marks of traces, in their order.
constexpr const char* kPointMarks = "ox#@";
constexpr const char* kLineMarks = "*+=~";
constexpr const char* kGuideMarks = "-.,'";

struct Drawn {
  const Trace* trace;
  char mark;
};

std::vector<Drawn> drawn_of(const Chart& chart) {
  std::vector<Drawn> out;
  std::size_t num_of[3] = {};
  for (const Trace& trace : chart.traces) {
    if (trace.kind == TraceKind::contour) continue;
    const char* marks = trace.kind == TraceKind::points ? kPointMarks
                        : trace.kind == TraceKind::line ? kLineMarks
                                                        : kGuideMarks;
    out.push_back({&trace, marks[num_of[static_cast<int>(trace.kind)]++ % 4]});
  }
  return out;
}

std::vector<double> values_of(const std::vector<Drawn>& drawn, std::vector<double> Trace::*axis) {
  std::vector<double> out;
  for (const Drawn& own : drawn)
    out.insert(out.end(), (own.trace->*axis).begin(), (own.trace->*axis).end());
  return out;
}

class Canvas {
 public:
  Canvas(std::size_t width, const ChartScale& x, const ChartScale& y)
      : rows_(kHeight, std::string(width, ' ')), x_(x), y_(y) {}

  void point(double x, double y, char mark) { put(x_.at(x), y_.at(y), mark); }

  // Straight on the canvas, as it is on paper of these axes; every column of it has a mark.
  void line(double x0, double y0, double x1, double y1, char mark) {
    const double left = x_.at(x0), low = y_.at(y0), right = x_.at(x1), high = y_.at(y1);
    const double columns = std::fabs(right - left) * static_cast<double>(rows_[0].size());
    const double lines = std::fabs(high - low) * static_cast<double>(kHeight);
    const double steps = std::ceil(std::fmax(columns, lines));
    if (!std::isfinite(steps) || steps > 1e5) return;
    for (double k = 0; k <= steps; ++k) {
      const double part = steps > 0 ? k / steps : 0;
      put(left + part * (right - left), low + part * (high - low), mark);
    }
  }

  const std::string& row(std::size_t i) const { return rows_[i]; }

  // Where a share of an axis lies, in columns or in rows from above.
  std::size_t column(double share) const {
    return static_cast<std::size_t>(std::lround(share * static_cast<double>(rows_[0].size() - 1)));
  }
  static std::size_t row_of(double share) {
    return static_cast<std::size_t>(std::lround((1 - share) * static_cast<double>(kHeight - 1)));
  }

 private:
  void put(double x, double y, char mark) {
    const bool is_inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
    if (is_inside) rows_[row_of(y)][column(x)] = mark;
  }

  std::vector<std::string> rows_;
  const ChartScale &x_, &y_;
};

void draw_line(const Trace& trace, const std::vector<double>& y, char mark, Canvas& canvas) {
  for (std::size_t i = 0; i + 1 < std::min(trace.x.size(), y.size()); ++i)
    canvas.line(trace.x[i], y[i], trace.x[i + 1], y[i + 1], mark);
}

// The ends of the intervals, under all else.
void draw_intervals(const Trace& trace, Canvas& canvas) {
  std::vector<double> lower, upper;
  for (const Interval& own : trace.interval) {
    lower.push_back(own.lower);
    upper.push_back(own.upper);
  }
  draw_line(trace, lower, kInterval, canvas);
  draw_line(trace, upper, kInterval, canvas);
}

void draw(const Drawn& own, Canvas& canvas) {
  const Trace& trace = *own.trace;
  if (trace.kind != TraceKind::points) return draw_line(trace, trace.y, own.mark, canvas);
  for (std::size_t i = 0; i < std::min(trace.x.size(), trace.y.size()); ++i)
    canvas.point(trace.x[i], trace.y[i], own.mark);
}

void draw_all(const std::vector<Drawn>& drawn, Canvas& canvas) {
  for (const Drawn& own : drawn) draw_intervals(*own.trace, canvas);
  for (const TraceKind kind : {TraceKind::points, TraceKind::guide, TraceKind::line})
    for (const Drawn& own : drawn)
      if (own.trace->kind == kind) draw(own, canvas);
}

std::string body(const Canvas& canvas, const ChartScale& y) {
  std::vector<std::string> labels(kHeight);
  for (const double tick : y.ticks(6)) labels[Canvas::row_of(y.at(tick))] = tick_text(tick);
  std::string out;
  for (std::size_t i = 0; i < kHeight; ++i) {
    const std::string& row = canvas.row(i);
    const std::string line =
        fmt::format("{:>{}} {}{}", labels[i], kLabels - 2, labels[i].empty() ? '|' : '+', row);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

struct Tick {
  double value;
  std::string text;
};

std::vector<Tick> ticks_of(const ChartAxis& axis, const ChartScale& scale, std::size_t width) {
  std::vector<Tick> out;
  for (std::size_t i = 0; i < axis.names.size(); ++i)
    out.push_back({static_cast<double>(i + 1), escaped(axis.names[i])});
  if (!out.empty()) return out;
  for (const double tick : scale.ticks(static_cast<int>(width / 10)))
    out.push_back({tick, tick_text(tick)});
  return out;
}

// Lines of text below the axis: what has no room in one stands in the next.
class TickTexts {
 public:
  explicit TickTexts(std::size_t width) : width_(width) {}

  void put(const std::string& text, std::size_t middle) {
    if (text.size() > width_) return;
    const std::size_t begin =
        std::min(middle - std::min(text.size() / 2, middle), width_ - text.size());
    auto line = std::find_if(lines_.begin(), lines_.end(), [&](const std::string& own) {
      return own.empty() || own.size() < begin;
    });
    if (line == lines_.end()) line = lines_.emplace(lines_.end());
    line->resize(begin, ' ');
    *line += text;
  }

  std::string lines() const {
    std::string out;
    for (const std::string& own : lines_) out += own + "\n";
    return out;
  }

 private:
  std::size_t width_;
  std::vector<std::string> lines_;
};

// The x axis and the numbers or names below it.
std::string foot(const Canvas& canvas, const ChartAxis& of, const ChartScale& x,
                 std::size_t width) {
  std::string axis(width, '-');
  TickTexts texts(kLabels + width);
  for (const Tick& tick : ticks_of(of, x, width)) {
    const std::size_t at = canvas.column(x.at(tick.value));
    if (at >= width) continue;
    axis[at] = '+';
    texts.put(tick.text, kLabels + at);
  }
  return std::string(kLabels - 1, ' ') + "+" + axis + "\n" + texts.lines();
}

std::string legend(const std::vector<Drawn>& drawn, std::size_t width) {
  std::string out;
  bool has_interval = false;
  for (const Drawn& own : drawn) {
    if (!own.trace->name.empty() && !own.trace->with)
      out += fmt::format("{} {}   ", own.mark, own.trace->name);
    has_interval = has_interval || !own.trace->interval.empty();
  }
  if (has_interval) out += fmt::format("{} interval", kInterval);
  return out.empty() ? "" : wrapped(out.substr(0, out.find_last_not_of(' ') + 1), 2, width, 0);
}

}  // namespace

std::string text_chart(const Chart& chart, const Terminal& on) {
  const std::vector<Drawn> drawn = drawn_of(chart);
  const ChartScale x(chart.x, values_of(drawn, &Trace::x));
  const ChartScale y(chart.y, values_of(drawn, &Trace::y));
  if (x.empty() || y.empty()) return "";
  const std::size_t width = on.width - kLabels;
  Canvas canvas(width, x, y);
  draw_all(drawn, canvas);
  const std::string titles = wrapped(
      fmt::format("{}; up: {}, right: {}", chart.title, chart.y.title, chart.x.title), 0, on.width);
  return inked(escaped(titles.substr(0, titles.size() - 1)), Ink::heading, on) + "\n" +
         body(canvas, y) + foot(canvas, chart.x, x, width) + escaped(legend(drawn, on.width));
}

}  // namespace isoloss
