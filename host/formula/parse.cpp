// Recursive descent, one function a line of the grammar in host/formula/parse.h.

#include "host/formula/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <string_view>
#include <utility>

#include "host/formula/lexer.h"

namespace isoloss {
namespace {

// Far above any formula that a person writes; it keeps the recursion off the stack's end.
constexpr int kDeepest = 200;

class Parser {
 public:
  explicit Parser(Expression& out) : out_(out), tokens_(tokens_of(out.text)) {}

  void run() {
    if (token().kind == TokenKind::end) fail("the formula is empty", "write E + A/N^alpha, say");
    take_left_side();
    sum();
    if (token().kind != TokenKind::end) refuse_rest();
  }

 private:
  const Token& token(std::size_t ahead = 0) const {
    return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
  }
  bool take(TokenKind kind) {
    if (token().kind != kind) return false;
    ++next_;
    return true;
  }
  [[noreturn]] void fail(const std::string& message, const std::string& hint = "") const {
    out_.text.fail(token().at, message, hint);
  }

  int add(const Expr& node) {
    out_.nodes.push_back(node);
    return static_cast<int>(out_.nodes.size()) - 1;
  }

  // Tokens of `name ( name , name ) =` from the first on; 0 if they say something else.
  std::size_t length_of_left_side() const {
    std::size_t i = 1;
    if (token(i).kind == TokenKind::open) {
      do {
        if (token(++i).kind != TokenKind::name) return 0;
        ++i;
      } while (token(i).kind == TokenKind::comma);
      if (token(i++).kind != TokenKind::close) return 0;
    }
    return token(i).kind == TokenKind::equals ? i + 1 : 0;
  }

  void take_left_side() {
    if (token().kind != TokenKind::name) return;
    const std::size_t length = length_of_left_side();
    if (length > 0) out_.left_side = token().text;
    next_ += length;
  }

  void enter() {
    if (++depth_ > kDeepest) fail(fmt::format("nested too deep, more than {} levels,", kDeepest));
  }

  int sum() {
    int left = product();
    for (;;) {
      const std::size_t at = token().at;
      if (take(TokenKind::plus)) {
        left = add({.kind = ExprKind::add, .at = at, .a = left, .b = product()});
      } else if (take(TokenKind::minus)) {
        left = add({.kind = ExprKind::subtract, .at = at, .a = left, .b = product()});
      } else {
        return left;
      }
    }
  }

  int product() {
    int left = unary();
    for (;;) {
      const std::size_t at = token().at;
      if (take(TokenKind::times)) {
        left = add({.kind = ExprKind::multiply, .at = at, .a = left, .b = unary()});
      } else if (take(TokenKind::over)) {
        left = add({.kind = ExprKind::divide, .at = at, .a = left, .b = unary()});
      } else {
        return left;
      }
    }
  }

  int unary() {
    enter();
    const std::size_t at = token().at;
    int out;
    if (take(TokenKind::minus)) {
      out = add({.kind = ExprKind::negate, .at = at, .a = unary()});
    } else {
      out = take(TokenKind::plus) ? unary() : power();
    }
    --depth_;
    return out;
  }

  int power() {
    const int base = primary();
    const std::size_t at = token().at;
    if (!take(TokenKind::power)) return base;
    return add({.kind = ExprKind::power, .at = at, .a = base, .b = unary()});
  }

  int primary() {
    const Token here = token();
    if (take(TokenKind::number))
      return add({.kind = ExprKind::number, .at = here.at, .number = here.number});
    if (here.kind == TokenKind::name) {
      return token(1).kind == TokenKind::open ? call() : name();
    }
    if (take(TokenKind::open)) {
      const int inner = sum();
      close(here.at);
      return inner;
    }
    fail(here.kind == TokenKind::end ? "the formula ends too early"
                                     : "expected a number, a name, a function or (",
         here.kind == TokenKind::equals ? "the left side is one name: L = ... or L(N, D) = ..."
                                        : "");
  }

  void close(std::size_t opened_at) {
    if (take(TokenKind::close)) return;
    if (token().kind == TokenKind::end) out_.text.fail(opened_at, "( opened and never closed");
    refuse_rest();
  }

  int name() {
    const Token here = token();
    ++next_;
    if (here.text == "pi") {
      return add({.kind = ExprKind::number, .at = here.at, .number = std::numbers::pi});
    }
    if (function_called(here.text)) {
      out_.text.fail(here.at, fmt::format("'{}' is a function", here.text),
                     fmt::format("write {}(...)", here.text));
    }
    const auto [known, is_new] = names_.emplace(here.text, static_cast<int>(out_.names.size()));
    if (is_new) out_.names.push_back({std::string(here.text), here.at});
    return add({.kind = ExprKind::name, .at = here.at, .name = known->second});
  }

  int call() {
    const Token here = token();
    const FunctionInfo* info = function_called(here.text);
    if (!info) {
      fail(fmt::format("unknown function '{}'", here.text),
           fmt::format("there are {}; a product is {}*(...)", function_names(), here.text));
    }
    const std::size_t opened_at = token(1).at;
    next_ += 2;
    if (token().kind == TokenKind::close) fail(fmt::format("'{}' has no argument", here.text));
    int arguments = 1;
    int out = sum();
    while (take(TokenKind::comma)) {
      if (++arguments > info->fewest_arguments && !info->takes_more) refuse_count(here, *info);
      out = call_node(here, *info, out, sum());
    }
    close(opened_at);
    if (arguments < info->fewest_arguments) refuse_count(here, *info);
    return info->fewest_arguments == 1 ? call_node(here, *info, out, -1) : out;
  }

  // min and max of more than two are those of two, one after the other.
  int call_node(const Token& here, const FunctionInfo& info, int a, int b) {
    return add({.kind = ExprKind::call, .at = here.at, .function = info.function, .a = a, .b = b});
  }

  [[noreturn]] void refuse_count(const Token& here, const FunctionInfo& info) const {
    out_.text.fail(here.at, fmt::format("'{}' takes {}{} argument{}", info.name,
                                        info.takes_more ? "at least " : "", info.fewest_arguments,
                                        info.fewest_arguments == 1 ? "" : "s"));
  }

  // A whole sum is read and something follows that cannot.
  [[noreturn]] void refuse_rest() const {
    switch (token().kind) {
      case TokenKind::number:
      case TokenKind::name:
      case TokenKind::open:
        fail("expected an operator", "a product needs its *: write 2*x, not 2x");
      case TokenKind::close:
        fail(") without its (");
      case TokenKind::equals:
        fail("unexpected =", "the left side is one name: L = ... or L(N, D) = ...");
      case TokenKind::comma:
        fail("unexpected comma", "decimals have a point: 0.5");
      default:
        fail("expected an operator");
    }
  }

  Expression& out_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::map<std::string_view, int> names_;
};

}  // namespace

Expression parse_formula(FormulaText text) {
  Expression out;
  out.text = std::move(text);
  Parser(out).run();
  return out;
}

}  // namespace isoloss
