#include "host/reading/where_text.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '.'; }

}  // namespace

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool WhereText::starts_with(std::string_view symbol) const {
  return std::string_view(text_).substr(at_).starts_with(symbol);
}

void WhereText::skip_blanks() {
  while (is_blank(peek())) ++at_;
}

bool WhereText::take(std::string_view symbol) {
  if (!starts_with(symbol)) return false;
  at_ += symbol.size();
  skip_blanks();
  return true;
}

std::string_view WhereText::taken_from(std::size_t begin) {
  const auto taken = std::string_view(text_).substr(begin, at_ - begin);
  skip_blanks();
  return taken;
}

std::string_view WhereText::take_name() {
  const std::size_t begin = at_;
  while (continues_name(peek())) ++at_;
  return taken_from(begin);
}

std::string_view WhereText::take_quoted() {
  const std::size_t begin = at_ + 1;
  const std::size_t end = text_.find(text_[at_], begin);
  if (end == std::string::npos) fail(at_, fmt::format("{} opened and never closed", text_[at_]));
  at_ = end + 1;
  skip_blanks();
  return std::string_view(text_).substr(begin, end - begin);
}

double WhereText::take_number() {
  const std::size_t begin = at_;
  const auto is_sign_of_exponent = [this] {
    return (peek() == '-' || peek() == '+') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E');
  };
  do {
    ++at_;
  } while (continues_name(peek()) || is_sign_of_exponent());
  const std::string_view text = taken_from(begin);
  const Number number = parse_number(text);
  if (number.kind == Number::Kind::value) return number.value;
  const char* colon = number.reason.empty() ? "" : ": ";
  fail(begin, fmt::format("{} is not a number{}{}", shown(text), colon, number.reason));
}

std::string_view WhereText::operand_from(std::size_t begin) const {
  const auto rest = std::string_view(text_).substr(begin);
  return trim(rest.substr(0, rest.find_first_of("<>=!&|()")));
}

void WhereText::fail(std::size_t at, const std::string& message) const {
  const std::size_t place = num_characters(std::string_view(text_).substr(0, at)) + 1;
  throw InputError(
      "", 0, "",
      fmt::format("``where``: {} at character {}\n{}", message, place, pointed_at(text_, at)), "");
}

}  // namespace isoloss
