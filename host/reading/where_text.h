// The characters of a --where condition: what its parser takes them from.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace isoloss {

class WhereText {
 public:
  explicit WhereText(const std::string& text) : text_(text) {}

  // Next character, NUL at the end.
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::size_t position() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  bool starts_with(std::string_view symbol) const;

  void skip_blanks();
  // Each takes what it names and the blanks behind it.
  bool take(std::string_view symbol);
  std::string_view take_name();
  std::string_view take_quoted();  // up to the quote at which it stands; InputError if unclosed
  double take_number();            // InputError if it is none

  // What stands from `begin` to the next comparison, && or bracket.
  std::string_view operand_from(std::size_t begin) const;

  // Throws InputError: the message, and the condition with a caret under character `at`.
  [[noreturn]] void fail(std::size_t at, const std::string& message) const;

 private:
  std::string_view taken_from(std::size_t begin);

  const std::string& text_;
  std::size_t at_ = 0;
};

// Whether a column's name can begin with c without standing in backticks.
bool begins_name(char c);

}  // namespace isoloss
