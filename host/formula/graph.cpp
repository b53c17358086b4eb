#include "host/formula/graph.h"

#include <bit>
#include <cmath>

namespace isoloss {
namespace {

bool is_commutative(Op op) {
  return op == Op::add || op == Op::multiply || op == Op::minimum || op == Op::maximum;
}

}  // namespace

NodeId Graph::find_or_append(const Node& node) {
  const Key key{node.kind, node.op, node.index, std::bit_cast<std::uint64_t>(node.number),
                node.a,    node.b};
  const auto [place, is_new] = known_.try_emplace(key, num_nodes());
  if (is_new) nodes_.push_back(node);
  return place->second;
}

NodeId Graph::constant(double number) {
  Node node{NodeKind::constant};
  node.number = number == 0 ? 0 : number;  // one zero
  return find_or_append(node);
}

NodeId Graph::param(int index) {
  Node node{NodeKind::param};
  node.index = index;
  node.params = std::uint32_t{1} << index;
  return find_or_append(node);
}

NodeId Graph::input(int index) {
  Node node{NodeKind::input};
  node.index = index;
  node.is_uniform = false;
  return find_or_append(node);
}

const double* Graph::number(NodeId id) const {
  const Node& node = (*this)[id];
  return node.kind == NodeKind::constant ? &node.number : nullptr;
}

bool Graph::is_constant(NodeId id, double wanted) const {
  const double* own = number(id);
  return own != nullptr && *own == wanted;
}

NodeId Graph::find_operation(Op op, NodeId a, NodeId b) const {
  if (is_commutative(op) && b < a) std::swap(a, b);
  const auto place = known_.find(Key{NodeKind::operation, op, 0, 0, a, b});
  return place == known_.end() ? kNoNode : place->second;
}

NodeId Graph::append_operation(Op op, NodeId a, NodeId b) {
  if (is_commutative(op) && b < a) std::swap(a, b);
  Node node{NodeKind::operation, op};
  node.a = a;
  node.b = b;
  node.params = (*this)[a].params;
  node.is_uniform = (*this)[a].is_uniform;
  if (b != kNoNode) {
    node.params |= (*this)[b].params;
    node.is_uniform = node.is_uniform && (*this)[b].is_uniform;
  }
  return find_or_append(node);
}

NodeId Graph::make(Op op, NodeId a, NodeId b) {
  const bool takes_two = arity(op) == 2;
  if (number(a) != nullptr && (!takes_two || number(b) != nullptr))
    return constant(apply(op, *number(a), takes_two ? *number(b) : 0));
  return takes_two ? simplify_binary(op, a, b) : simplify_unary(op, a);
}

NodeId Graph::simplify_unary(Op op, NodeId a) {
  const Node node = (*this)[a];
  const bool is_operation = node.kind == NodeKind::operation;
  if (op == Op::negate && is_operation && node.op == Op::negate) return node.a;
  if (op == Op::log && is_operation && node.op == Op::exp) return node.a;
  if (op == Op::exp && is_operation && node.op == Op::log) return node.a;
  return append_operation(op, a, kNoNode);
}

NodeId Graph::simplify_binary(Op op, NodeId a, NodeId b) {
  const auto is_negation = [&](NodeId id) {
    return (*this)[id].kind == NodeKind::operation && (*this)[id].op == Op::negate;
  };
  switch (op) {
    case Op::add:
      if (is_constant(a, 0)) return b;
      if (is_constant(b, 0)) return a;
      if (is_negation(b)) return subtract(a, (*this)[b].a);
      if (is_negation(a)) return subtract(b, (*this)[a].a);
      break;
    case Op::subtract:
      if (a == b) return constant(0);
      if (is_constant(b, 0)) return a;
      if (is_constant(a, 0)) return negate(b);
      if (is_negation(b)) return add(a, (*this)[b].a);
      if (is_negation(a)) return negate(add((*this)[a].a, b));
      break;
    case Op::multiply:
      if (is_constant(a, 0) || is_constant(b, 0)) return constant(0);
      if (is_constant(a, 1)) return b;
      if (is_constant(b, 1)) return a;
      if (is_constant(a, -1)) return negate(b);
      if (is_constant(b, -1)) return negate(a);
      if (is_negation(a)) return negate(multiply((*this)[a].a, b));
      if (is_negation(b)) return negate(multiply(a, (*this)[b].a));
      return append_product(a, b);
    case Op::divide:
      if (is_constant(a, 0)) return constant(0);
      if (is_constant(b, 1)) return a;
      if (is_negation(a)) return negate(divide((*this)[a].a, b));
      break;
    default:
      break;
  }
  return append_operation(op, a, b);
}

// a (p q) as (a p) q where a p is known already: derivatives are full of such products.
NodeId Graph::append_product(NodeId a, NodeId b) {
  if (find_operation(Op::multiply, a, b) != kNoNode) return append_operation(Op::multiply, a, b);
  for (const auto& [factor, product] : {std::pair{a, b}, std::pair{b, a}}) {
    const Node node = (*this)[product];
    if (node.kind != NodeKind::operation || node.op != Op::multiply) continue;
    for (const auto& [p, q] : {std::pair{node.a, node.b}, std::pair{node.b, node.a}}) {
      const NodeId known = find_operation(Op::multiply, factor, p);
      if (known != kNoNode) return append_operation(Op::multiply, known, q);
    }
  }
  return append_operation(Op::multiply, a, b);
}

NodeId Graph::whole_power(NodeId a, int exponent) {
  if (exponent == 0) return constant(1);
  if (exponent == 1) return a;
  const NodeId half = whole_power(a, exponent / 2);
  const NodeId square = multiply(half, half);
  return exponent % 2 == 0 ? square : multiply(square, a);
}

NodeId Graph::power(NodeId a, NodeId b) {
  constexpr double kLargestWhole = 64;
  const Node base = (*this)[a];
  const bool is_exp = base.kind == NodeKind::operation && base.op == Op::exp;
  const double* exponent = number(b);
  if (exponent != nullptr && !is_exp && *exponent == std::nearbyint(*exponent) &&
      std::fabs(*exponent) <= kLargestWhole) {
    const int whole = static_cast<int>(*exponent);
    const NodeId power = whole_power(a, std::abs(whole));
    return whole < 0 ? divide(constant(1), power) : power;
  }
  return make(Op::exp, multiply(b, make(Op::log, a)));
}

int arity(Op op) {
  switch (op) {
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::minimum:
    case Op::maximum:
    case Op::less:
    case Op::balance:
      return 2;
    default:
      return 1;
  }
}

}  // namespace isoloss
