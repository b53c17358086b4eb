#include "host/base/error.h"

#include <fmt/format.h>

namespace isoloss {
namespace {

std::string whole_text(const std::string& path, std::size_t line, const std::string& column,
                       const std::string& message, const std::string& hint) {
  std::string text;
  if (!path.empty()) text += path + ":";
  if (line > 0) text += fmt::format("{}:", line);
  if (!text.empty()) text += " ";
  if (!column.empty()) text += "column " + column + ": ";
  text += message;
  if (hint.empty()) return text;
  // Behind a caret that points into a line of its own, a hint begins a line.
  const bool has_lines = message.find('\n') != std::string::npos;
  return text + (has_lines ? "\n" : message.ends_with('?') ? " " : "; ") + hint;
}

}  // namespace

InputError::InputError(std::string path_, std::size_t line_, std::string column_,
                       std::string message_, std::string hint_)
    : std::runtime_error(whole_text(path_, line_, column_, message_, hint_)),
      path(std::move(path_)),
      line(line_),
      column(std::move(column_)),
      message(std::move(message_)),
      hint(std::move(hint_)) {}

void refuse(const std::string& message, const std::string& hint) {
  throw InputError("", 0, "", message, hint);
}

void require(bool holds, const std::string& message, const std::string& hint) {
  if (!holds) refuse(message, hint);
}

}  // namespace isoloss
