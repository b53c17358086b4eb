#include "cuda/spliced_function.h"

#include <fmt/format.h>

#include <cctype>
#include <stdexcept>

namespace isoloss {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The line with `tag` behind the letters of each register: %fd12 becomes %fd<tag>12.
std::string tagged(const std::string& line, const std::string& tag) {
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    out += line[at];
    if (line[at] != '%') continue;
    while (at + 1 < line.size() && std::isalpha(static_cast<unsigned char>(line[at + 1])))
      out += line[++at];
    out += tag;
  }
  return out;
}

// What stands between two marks of a line; empty without them.
std::string between(const std::string& line, std::string_view first, std::string_view last) {
  const std::size_t from = line.find(first);
  if (from == std::string::npos) return "";
  const std::size_t begin = from + first.size();
  const std::size_t end = line.find(last, begin);
  return end == std::string::npos ? "" : line.substr(begin, end - begin);
}

}  // namespace

SplicedFunction::SplicedFunction(std::string_view ptx, std::string_view name) : name_(name) {
  const std::size_t head = ptx.find(fmt::format(") {}(\n", name));
  const std::size_t begin = head == std::string_view::npos ? head : ptx.find("\n{\n", head);
  const std::size_t end = begin == std::string_view::npos ? begin : ptx.find("\n}", begin);
  if (end == std::string_view::npos)
    throw std::logic_error(fmt::format("there is no function {} to splice in", name));
  body_ = lines_of(ptx.substr(begin + 3, end - begin - 3));
  for (const std::string& line : body_)
    if (line.find("bra") != std::string::npos || line.find("call") != std::string::npos)
      throw std::logic_error(fmt::format("function {} is not straight: {}", name, line));
}

std::string SplicedFunction::lines(const std::string& tag, std::span<const std::string> arguments,
                                   const std::string& result) const {
  std::string out;
  for (const std::string& line : body_) {
    const std::string own = tagged(line, tag);
    const std::string parameter = between(line, fmt::format("[{}_param_", name_), "]");
    if (!parameter.empty()) {
      out += fmt::format("\tmov.f64 {}, {};\n", between(own, "ld.param.f64 \t", ","),
                         arguments[std::stoul(parameter)]);
    } else if (line.find("[func_retval0") != std::string::npos) {
      out += fmt::format("\tmov.f64 {}, {};\n", result, between(own, "], ", ";"));
    } else if (line.find("ret;") == std::string::npos && !line.empty()) {
      out += own + '\n';
    }
  }
  return out;
}

}  // namespace isoloss
