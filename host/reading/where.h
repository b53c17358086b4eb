// The condition of --where: "loss < 4 && params > 1e8".
//
//   or       and { "||" and }
//   and      not { "&&" not }
//   not      "!" not | compare
//   compare  sum [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum ]
//   sum      product { ( "+" | "-" ) product }
//   product  unary { ( "*" | "/" ) unary }
//   unary    "-" unary | "(" or ")" | number | text | column
//
// A number has any form that parse_number() reads, without thousands commas. A text stands in
// double or single quotes and is compared with a column by == or !=. A column is a name of letters,
// digits,
// "_" and ".", or any header in backticks.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// Number of a column for the caller, who hands it out and gets it back.
using WhereColumn = std::size_t;

// The cells of one row.
class WhereRow {
 public:
  virtual ~WhereRow() = default;
  virtual double number(WhereColumn column) = 0;  // NaN if the cell is missing
  virtual std::string_view text(WhereColumn column) = 0;
};

class Where {
 public:
  // find turns a name into a column. Throws InputError, with the place of the fault, if the
  // condition cannot be parsed, is none, or names an unknown column; advice then is of the `known`.
  Where(const std::string& condition,
        const std::function<std::optional<WhereColumn>(std::string_view)>& find,
        const std::vector<std::string>& known);

  // Whether the condition holds; nothing if a missing cell leaves that open.
  std::optional<bool> holds(WhereRow& row) const;

  // Columns that the condition reads as numbers, in the order in which they stand.
  const std::vector<WhereColumn>& number_columns() const { return number_columns_; }

 private:
  friend class WhereParser;

  enum class Op {
    number,
    column,
    text_equal,
    negate,
    add,
    subtract,
    multiply,
    divide,
    less,
    less_equal,
    equal,
    not_equal,
    logical_not,
    logical_and,
    logical_or,
  };
  // One node of the expression: `left` and `right` are indices of its operands in nodes_.
  struct Node {
    Op op;
    std::size_t left = 0;
    std::size_t right = 0;
    double number = 0;
    WhereColumn column = 0;
    std::size_t text = 0;  // index in texts_
  };

  double value(std::size_t node, WhereRow& row) const;

  std::vector<Node> nodes_;
  std::vector<std::string> texts_;
  std::size_t root_ = 0;
  std::vector<WhereColumn> number_columns_;
};

}  // namespace isoloss
