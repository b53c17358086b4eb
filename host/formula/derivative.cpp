// Derivatives of a graph's nodes: the chain rule, once for each operation and parameter.

#include "host/formula/graph.h"

namespace isoloss {

NodeId Graph::derivative(NodeId node, int param) {
  if (((*this)[node].params >> param & 1u) == 0) return constant(0);
  if ((*this)[node].kind == NodeKind::param) return constant(1);
  const auto known = derivatives_.find({node, param});
  if (known != derivatives_.end()) return known->second;
  const NodeId result = derivative_of_operation(node, param);
  derivatives_[{node, param}] = result;
  return result;
}

// d f(a, b) = f_a da + f_b db.
NodeId Graph::derivative_of_operation(NodeId node, int param) {
  const Node f = (*this)[node];
  const NodeId da = derivative(f.a, param);
  const NodeId db = f.b == kNoNode ? constant(0) : derivative(f.b, param);
  const NodeId one = constant(1);
  switch (f.op) {
    case Op::add:
      return add(da, db);
    case Op::subtract:
      return subtract(da, db);
    case Op::negate:
      return negate(da);
    case Op::multiply:
      return add(multiply(da, f.b), multiply(f.a, db));
    case Op::divide: {
      // (da - f db) / b, with 1 / b shared by all parameters.
      const NodeId inverse = divide(one, f.b);
      return multiply(subtract(da, multiply(node, db)), inverse);
    }
    case Op::exp:
      return multiply(node, da);
    case Op::log:
      return multiply(divide(one, f.a), da);
    case Op::one_minus_exp:
      return multiply(subtract(one, node), da);
    case Op::minimum: {
      const NodeId takes_b = make(Op::less, f.b, f.a);
      return add(multiply(subtract(one, takes_b), da), multiply(takes_b, db));
    }
    case Op::maximum: {
      const NodeId takes_b = make(Op::less, f.a, f.b);
      return add(multiply(subtract(one, takes_b), da), multiply(takes_b, db));
    }
    case Op::sin:
      return multiply(make(Op::cos, f.a), da);
    case Op::cos:
      return negate(multiply(make(Op::sin, f.a), da));
    case Op::atan:
      return multiply(divide(one, add(one, multiply(f.a, f.a))), da);
    case Op::balance: {
      // log p - b log q = a with q = 1 - p: (q + b p) dz = da + log q db. What 1 - q loses of a
      // small p is nothing beside q.
      const NodeId q = divide(one, add(one, make(Op::exp, node)));
      const NodeId inverse = divide(one, add(q, multiply(f.b, subtract(one, q))));
      return multiply(inverse, add(da, multiply(make(Op::log, q), db)));
    }
    case Op::less:
    case Op::multiply_add:
    case Op::multiply_subtract:
    case Op::subtract_product:
    case Op::add_to_hessian:
    case Op::take_from_hessian:
      break;  // a step, or no node of a graph
  }
  return constant(0);
}

}  // namespace isoloss
