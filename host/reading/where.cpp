#include "host/reading/where.h"

#include <cmath>
#include <limits>

namespace isoloss {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double truth(bool value) { return value ? 1 : 0; }

}  // namespace

std::optional<bool> Where::holds(WhereRow& row) const {
  const double result = value(root_, row);
  if (std::isnan(result)) return {};
  return result != 0;
}

// Truth is 1, 0 or NaN for unknown, which is what a comparison with a missing cell gives. Unknown
// && false is false and unknown || true is true (Kleene): a row that fails anyway needs no value.
double Where::value(std::size_t index, WhereRow& row) const {
  const Node& node = nodes_[index];
  switch (node.op) {
    case Op::number:
      return node.number;
    case Op::column:
      return row.number(node.column);
    case Op::text_equal:
      return truth(row.text(node.column) == texts_[node.text]);
    default:
      break;
  }
  const double left = value(node.left, row);
  if (node.op == Op::negate) return -left;
  if (node.op == Op::logical_not) return std::isnan(left) ? kUnknown : truth(left == 0);
  if (node.op == Op::logical_and && left == 0) return 0;
  if (node.op == Op::logical_or && left == 1) return 1;
  const double right = value(node.right, row);
  if (node.op == Op::logical_and && right == 0) return 0;
  if (node.op == Op::logical_or && right == 1) return 1;
  if (std::isnan(left) || std::isnan(right)) return kUnknown;
  switch (node.op) {
    case Op::add:
      return left + right;
    case Op::subtract:
      return left - right;
    case Op::multiply:
      return left * right;
    case Op::divide:
      return left / right;
    case Op::less:
      return truth(left < right);
    case Op::less_equal:
      return truth(left <= right);
    case Op::equal:
      return truth(left == right);
    case Op::not_equal:
      return truth(left != right);
    case Op::logical_or:
      return 0;
    default:
      return 1;  // logical_and
  }
}

}  // namespace isoloss
