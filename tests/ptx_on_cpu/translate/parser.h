// PTX text to Module: declarations here, the statements of a body in body_parser.cpp.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/ptx_on_cpu/translate/module.h"
#include "tests/ptx_on_cpu/translate/tokens.h"

namespace isoloss::ptx {

// The tokens with a position in them.
class TokenStream {
 public:
  explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const std::string& peek(std::size_t ahead = 0) const;
  int line() const { return tokens_[at_].line; }
  std::string take() { return at_ + 1 < tokens_.size() ? tokens_[at_++].text : tokens_[at_].text; }
  bool take_if(const std::string& text);
  void expect(const std::string& text);
  void skip_line();
  std::int64_t take_integer();
  [[noreturn]] void fail(const std::string& message) const {
    throw TranslateError(line(), message);
  }

 private:
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

// .align 8 .b8 name[64] = {...}, from after the name of the space.
Variable parse_variable(TokenStream& in, const SpaceName& space);

// From after the opening brace to past its partner; fills function.body, registers and variables.
void parse_body(TokenStream& in, Function& function);

// The number in C++ as bits: 12, 0x1F, 0d3FF0000000000000, 0f3F800000; false if `word` is none.
bool immediate_bits(const std::string& word, std::uint64_t& bits);

Module parse_module(const std::string& ptx);

}  // namespace isoloss::ptx
