#include "host/formula/lexer.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "host/base/decimal.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

bool begins_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What word processors and keyboards write, in UTF-8, and what stands for it here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kInAscii{{
    {"\xE2\x88\x92", "-"},       // minus sign
    {"\xE2\x80\x90", "-"},       // hyphen
    {"\xE2\x80\x93", "-"},       // en dash
    {"\xE2\x80\x94", "-"},       // em dash
    {"\xC2\xB7", "*"},           // middle dot
    {"\xC3\x97", "*"},           // multiplication sign
    {"\xE2\x8B\x85", "*"},       // dot operator
    {"\xE2\x88\x99", "*"},       // bullet operator
    {"\xE2\x88\x97", "*"},       // asterisk operator
    {"\xC3\xB7", "/"},           // division sign
    {"\xE2\x81\x84", "/"},       // fraction slash
    {"\xE2\x88\x95", "/"},       // division slash
    {"\xC2\xB2", "^2"},          // superscripts
    {"\xC2\xB3", "^3"},          //
    {"\xCB\x86", "^"},           // circumflex
    {"\xE2\x88\x9A", "sqrt()"},  // root
    {"\xC2\xA0", "a blank"},     // no-break space
    {"\xCE\xB1", "alpha"},       // Greek letters
    {"\xCE\xB2", "beta"},        //
    {"\xCE\xB3", "gamma"},       //
    {"\xCE\xB4", "delta"},       //
    {"\xCE\xB5", "epsilon"},     //
    {"\xCE\xBB", "lambda"},      //
    {"\xCF\x80", "pi"},          //
}};

// Bytes of the UTF-8 character that begins with c, at most.
std::size_t length_of_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

class Lexer {
 public:
  explicit Lexer(const FormulaText& formula) : formula_(formula), text_(formula.text) {}

  std::vector<Token> run() {
    if (text_.size() > kLongestFormula) {
      formula_.fail(
          kLongestFormula,
          fmt::format("the formula is too long, more than {} characters,", kLongestFormula));
    }
    std::vector<Token> tokens;
    do {
      tokens.push_back(next());
    } while (tokens.back().kind != TokenKind::end);
    return tokens;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  Token next() {
    while (is_blank(peek())) ++at_;
    if (at_ == text_.size()) return {TokenKind::end, at_, {}};
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
    if (begins_identifier(peek())) return name();
    return symbol();
  }

  Token name() {
    const std::size_t begin = at_;
    while (begins_identifier(peek()) || is_digit(peek())) ++at_;
    return {TokenKind::name, begin, text_.substr(begin, at_ - begin)};
  }

  void skip_digits() {
    while (is_digit(peek())) ++at_;
  }

  Token number() {
    const std::size_t begin = at_;
    skip_digits();
    if (peek() == '.') ++at_;
    skip_digits();
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        at_ += 1 + sign;
        skip_digits();
      }
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    if (peek() == '.') formula_.fail(at_, "a number with two decimal points");
    return {TokenKind::number, begin, text, value(text, begin)};
  }

  double value(std::string_view text, std::size_t begin) const {
    double number = 0;
    const auto result = read_decimal(text.data(), text.data() + text.size(), number);
    // The range of normal numbers: what is smaller rounds to fewer digits than it has.
    const bool is_zero = text.substr(0, text.find_first_of("eE")).find_first_of("123456789") ==
                         std::string_view::npos;
    if (is_zero) return 0;
    if (result.ec == std::errc() && std::isnormal(number)) return number;
    formula_.fail(begin, fmt::format("{} is outside the range of double precision", shown(text)));
  }

  Token symbol() {
    constexpr std::array<std::pair<std::string_view, TokenKind>, 10> kSymbols{{
        {"**", TokenKind::power},
        {"^", TokenKind::power},
        {"*", TokenKind::times},
        {"+", TokenKind::plus},
        {"-", TokenKind::minus},
        {"/", TokenKind::over},
        {"(", TokenKind::open},
        {")", TokenKind::close},
        {",", TokenKind::comma},
        {"=", TokenKind::equals},
    }};
    for (const auto& [text, kind] : kSymbols) {
      if (!text_.substr(at_).starts_with(text)) continue;
      const std::size_t begin = at_;
      at_ += text.size();
      return {kind, begin, text_.substr(begin, text.size())};
    }
    refuse_character();
  }

  [[noreturn]] void refuse_character() const {
    const std::string_view rest = text_.substr(at_);
    for (const auto& [sign, ascii] : kInAscii) {
      if (rest.starts_with(sign)) {
        formula_.fail(at_, fmt::format("'{}' is not read; write {} for it", sign, ascii));
      }
    }
    const bool is_bracket = rest[0] == '[' || rest[0] == ']' || rest[0] == '{' || rest[0] == '}';
    formula_.fail(at_,
                  fmt::format("no formula has the character {}",
                              shown(rest.substr(0, length_of_character(rest[0])))),
                  is_bracket ? "write parentheses instead"
                             : "a formula has numbers, names, + - * / ^ ( ) and commas");
  }

  const FormulaText& formula_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(const FormulaText& text) { return Lexer(text).run(); }

}  // namespace isoloss
