// The parser of --where: recursive descent, one function a line of the grammar in
// host/reading/where.h.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/reading/where.h"
#include "host/reading/where_text.h"

namespace isoloss {
namespace {

// Far above any condition that a person writes; they keep the recursion off the stack's end.
constexpr std::size_t kMostNodes = 1000;
constexpr int kDeepest = 100;

}  // namespace

class WhereParser {
 public:
  using Op = Where::Op;
  using Find = std::function<std::optional<WhereColumn>(std::string_view)>;

  WhereParser(const std::string& text, const Find& find, const std::vector<std::string>& known,
              Where& where)
      : text_(text), find_(find), known_(known), where_(where) {}

  void parse() {
    const Operand whole = parse_or();
    if (!text_.at_end()) {
      const char c = text_.peek();
      const bool is_half = c == '=' || c == '&' || c == '|';
      text_.fail(text_.position(),
                 is_half ? fmt::format("write {0}{0}", c) : "expected a comparison, && or ||");
    }
    require(whole, Type::truth);
    where_.root_ = whole.node;
  }

 private:
  enum class Type { number, text, column, truth };
  struct Operand {
    std::size_t node;
    Type type;
    std::size_t begin;  // where it begins in the text, for errors
  };

  Operand add(const Where::Node& node, Type type, std::size_t begin) {
    if (where_.nodes_.size() == kMostNodes) text_.fail(begin, "the condition is too long");
    where_.nodes_.push_back(node);
    return {where_.nodes_.size() - 1, type, begin};
  }

  // A column becomes a number or a text by what it meets.
  void require(const Operand& operand, Type type) {
    if (operand.type == type) return;
    if (operand.type == Type::column && type == Type::number) {
      where_.number_columns_.push_back(where_.nodes_[operand.node].column);
      return;
    }
    text_.fail(operand.begin, type == Type::number ? "expected a number or a column of numbers"
                                                   : "expected a comparison such as loss < 4");
  }

  Operand binary(Op op, const Operand& left, const Operand& right, Type of, Type result) {
    require(left, of);
    require(right, of);
    return add({.op = op, .left = left.node, .right = right.node}, result, left.begin);
  }

  Operand parse_or() {
    Operand left = parse_and();
    while (text_.take("||"))
      left = binary(Op::logical_or, left, parse_and(), Type::truth, Type::truth);
    return left;
  }

  Operand parse_and() {
    Operand left = parse_not();
    while (text_.take("&&"))
      left = binary(Op::logical_and, left, parse_not(), Type::truth, Type::truth);
    return left;
  }

  Operand parse_not() {
    text_.skip_blanks();
    const std::size_t begin = text_.position();
    if (text_.starts_with("!=") || !text_.take("!")) return parse_compare();
    enter(begin);
    const Operand operand = parse_not();
    --depth_;
    require(operand, Type::truth);
    return add({.op = Op::logical_not, .left = operand.node}, Type::truth, begin);
  }

  Operand parse_compare() {
    const Operand left = parse_sum();
    // The longer symbol first. a > b is b < a, so two comparisons do for four.
    if (text_.take("<=")) return compare(Op::less_equal, left, parse_sum());
    if (text_.take(">=")) return compare(Op::less_equal, parse_sum(), left);
    if (text_.take("==")) return equal(left, parse_sum(), true);
    if (text_.take("!=")) return equal(left, parse_sum(), false);
    if (text_.take("<")) return compare(Op::less, left, parse_sum());
    if (text_.take(">")) return compare(Op::less, parse_sum(), left);
    return left;
  }

  Operand compare(Op op, const Operand& left, const Operand& right) {
    Operand result = binary(op, left, right, Type::number, Type::truth);
    result.begin = std::min(left.begin, right.begin);
    return result;
  }

  Operand equal(const Operand& left, const Operand& right, bool positive) {
    if (left.type != Type::text && right.type != Type::text) {
      return compare(positive ? Op::equal : Op::not_equal, left, right);
    }
    const auto& [text, column] =
        left.type == Type::text ? std::pair(left, right) : std::pair(right, left);
    if (column.type != Type::column) {
      text_.fail(column.begin, "expected a column to compare the text with");
    }
    const Operand result = add({.op = Op::text_equal,
                                .column = where_.nodes_[column.node].column,
                                .text = where_.nodes_[text.node].text},
                               Type::truth, left.begin);
    if (positive) return result;
    return add({.op = Op::logical_not, .left = result.node}, Type::truth, left.begin);
  }

  Operand parse_sum() {
    Operand left = parse_product();
    for (;;) {
      if (text_.take("+")) {
        left = binary(Op::add, left, parse_product(), Type::number, Type::number);
      } else if (text_.take("-")) {
        left = binary(Op::subtract, left, parse_product(), Type::number, Type::number);
      } else {
        return left;
      }
    }
  }

  Operand parse_product() {
    Operand left = parse_unary();
    for (;;) {
      if (text_.take("*")) {
        left = binary(Op::multiply, left, parse_unary(), Type::number, Type::number);
      } else if (text_.take("/")) {
        left = binary(Op::divide, left, parse_unary(), Type::number, Type::number);
      } else {
        return left;
      }
    }
  }

  void enter(std::size_t begin) {
    if (++depth_ > kDeepest) text_.fail(begin, "the condition is nested too deeply");
  }

  Operand parse_unary() {
    text_.skip_blanks();
    const std::size_t begin = text_.position();
    enter(begin);
    const Operand operand = parse_signed(begin);
    --depth_;
    return operand;
  }

  Operand parse_signed(std::size_t begin) {
    if (text_.take("-")) {
      const Operand operand = parse_unary();
      require(operand, Type::number);
      return add({.op = Op::negate, .left = operand.node}, Type::number, begin);
    }
    if (text_.take("(")) {
      Operand inner = parse_or();
      if (!text_.take(")")) text_.fail(text_.position(), "expected )");
      inner.begin = begin;
      return inner;
    }
    const char c = text_.peek();
    if ((c >= '0' && c <= '9') || c == '.') {
      return add({.op = Op::number, .number = text_.take_number()}, Type::number, begin);
    }
    if (c == '"' || c == '\'') {
      where_.texts_.emplace_back(text_.take_quoted());
      return add({.op = Op::number, .text = where_.texts_.size() - 1}, Type::text, begin);
    }
    if (c == '`') return column(text_.take_quoted(), begin);
    if (begins_name(c)) return column(text_.take_name(), begin);
    text_.fail(begin, "expected a number, a column, a text in quotes or (");
  }

  Operand column(std::string_view name, std::size_t begin) {
    const auto found = find_(name);
    const std::string_view operand = text_.operand_from(begin);
    if (!found && find_(operand))
      text_.fail(begin, fmt::format("write the column as `{}`, in backticks,", printable(operand)));
    if (!found)
      text_.fail(begin, fmt::format("no column {} ({})", shown(name),
                                    near_or_all(name, known_, "there are")));
    return add({.op = Op::column, .column = *found}, Type::column, begin);
  }

  WhereText text_;
  const Find& find_;
  const std::vector<std::string>& known_;
  Where& where_;
  int depth_ = 0;
};

Where::Where(const std::string& condition,
             const std::function<std::optional<WhereColumn>(std::string_view)>& find,
             const std::vector<std::string>& known) {
  WhereParser(condition, find, known, *this).parse();
}

}  // namespace isoloss
