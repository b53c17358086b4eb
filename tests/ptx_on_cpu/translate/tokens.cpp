#include "tests/ptx_on_cpu/translate/tokens.h"

#include <cctype>
#include <sstream>

namespace isoloss::ptx {
namespace {

class Lexer {
 public:
  explicit Lexer(const std::string& text) : text_(text) {}

  std::vector<Token> run() {
    while (skip_space(), at_ < text_.size()) tokens_.push_back({next_text(), line_});
    tokens_.push_back({"", line_});
    return std::move(tokens_);
  }

 private:
  bool starts_with(const char* prefix) const { return text_.compare(at_, 2, prefix) == 0; }

  void skip_past(const char* end) {
    const std::size_t found = text_.find(end, at_);
    const std::size_t stop = found == std::string::npos ? text_.size() : found + 1;
    for (; at_ < stop; ++at_) line_ += text_[at_] == '\n';
  }

  void skip_space() {
    while (at_ < text_.size()) {
      if (starts_with("//")) {
        skip_past("\n");
      } else if (starts_with("/*")) {
        skip_past("*/");
        ++at_;
      } else if (std::isspace(static_cast<unsigned char>(text_[at_]))) {
        line_ += text_[at_++] == '\n';
      } else {
        return;
      }
    }
  }

  // A colon belongs to a word only in pairs, as in L1::no_allocate; alone it ends a label.
  std::size_t word_characters() const {
    if (starts_with("::")) return 2;
    const char c = text_[at_];
    const bool in_word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
                         c == '%' || c == '.';
    return in_word ? 1 : 0;
  }

  std::string next_text() {
    const std::size_t begin = at_;
    if (text_[at_] == '"') {
      at_ = text_.find('"', at_ + 1);
      if (at_ == std::string::npos) throw TranslateError(line_, "a string without its end");
      return text_.substr(begin, ++at_ - begin);
    }
    while (at_ < text_.size() && word_characters() > 0) at_ += word_characters();
    if (at_ == begin) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  const std::string& text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(const std::string& ptx) { return Lexer(ptx).run(); }

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

}  // namespace isoloss::ptx
