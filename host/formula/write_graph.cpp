#include "host/formula/write_graph.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace isoloss {
namespace {

// Far above any formula that a person writes; derivatives recurse as deep as operations are nested.
constexpr int kMostOperations = 1000;

class Writer {
 public:
  Writer(Graph& graph, const Names& names, std::span<const NodeId> params)
      : graph_(graph), names_(names), params_(params) {}

  NodeId write(const Expr& node, NodeId a, NodeId b) {
    switch (node.kind) {
      case ExprKind::number:
        return graph_.constant(node.number);
      case ExprKind::name:
        return name(names_.meanings[static_cast<std::size_t>(node.name)]);
      case ExprKind::negate:
        return graph_.negate(a);
      case ExprKind::add:
        return graph_.add(a, b);
      case ExprKind::subtract:
        return graph_.subtract(a, b);
      case ExprKind::multiply:
        return product(a, b, Op::multiply, Op::add);
      case ExprKind::divide:
        return product(a, b, Op::divide, Op::subtract);
      case ExprKind::power:
        return power(a, b);
      case ExprKind::call:
        return call(node.function, a, b);
    }
    return kNoNode;
  }

 private:
  NodeId number(double value) { return graph_.constant(value); }
  NodeId exp(NodeId a) { return graph_.make(Op::exp, a); }
  NodeId one_minus_exp(NodeId a) { return graph_.make(Op::one_minus_exp, a); }

  bool is_exp(NodeId id) const {
    return graph_[id].kind == NodeKind::operation && graph_[id].op == Op::exp;
  }
  // exp of more than a parameter or an input, for each run: worth a merger of exponentials.
  bool is_exp_of_operation(NodeId id) const {
    return is_exp(id) && !graph_[id].is_uniform && graph_[graph_[id].a].kind == NodeKind::operation;
  }

  NodeId name(const NameMeaning& meaning) {
    const auto index = static_cast<std::size_t>(meaning.index);
    if (!meaning.is_input) return params_[index];
    const NodeId input = graph_.input(meaning.index);
    const auto& known = names_.inputs[index].known;
    return known && info_of(*known).axis == Axis::log ? exp(input) : input;
  }

  NodeId product(NodeId a, NodeId b, Op op, Op op_of_exponents) {
    if (is_exp(a) && is_exp(b) && (is_exp_of_operation(a) || is_exp_of_operation(b)))
      return exp(graph_.make(op_of_exponents, graph_[a].a, graph_[b].a));
    return graph_.make(op, a, b);
  }

  // log of a product of exponentials and positive numbers; kNoNode for anything else. As deep as
  // products are nested.
  NodeId log_of_product(NodeId id) {
    const Node node = graph_[id];
    if (node.kind == NodeKind::constant && node.number > 0) return number(std::log(node.number));
    if (node.kind != NodeKind::operation) return kNoNode;
    if (node.op == Op::exp) return node.a;
    if (node.op != Op::multiply && node.op != Op::divide) return kNoNode;
    const NodeId a = log_of_product(node.a);
    if (a == kNoNode) return kNoNode;
    const NodeId b = log_of_product(node.b);
    if (b == kNoNode) return kNoNode;
    return node.op == Op::multiply ? graph_.add(a, b) : graph_.subtract(a, b);
  }

  NodeId log(NodeId a) {
    const NodeId known = graph_.number(a) ? kNoNode : log_of_product(a);
    return known != kNoNode ? known : graph_.make(Op::log, a);
  }

  NodeId power(NodeId base, NodeId exponent) {
    const NodeId known = graph_.number(base) ? kNoNode : log_of_product(base);
    if (known != kNoNode) return exp(graph_.multiply(exponent, known));
    if (graph_.number(base) && graph_.number(exponent))
      return number(std::pow(*graph_.number(base), *graph_.number(exponent)));
    return graph_.power(base, exponent);
  }

  NodeId tanh(NodeId a) {
    const NodeId share = one_minus_exp(graph_.multiply(number(2), a));
    return graph_.divide(share, graph_.subtract(number(2), share));
  }

  NodeId call(Function function, NodeId a, NodeId b) {
    switch (function) {
      case Function::exp:
        return exp(a);
      case Function::log:
        return log(a);
      case Function::log10:
        return graph_.divide(log(a), number(std::numbers::ln10));
      case Function::log2:
        return graph_.divide(log(a), number(std::numbers::ln2));
      case Function::sqrt:
        return power(a, number(0.5));
      case Function::pow:
        return power(a, b);
      case Function::min:
        return graph_.make(Op::minimum, a, b);
      case Function::max:
        return graph_.make(Op::maximum, a, b);
      case Function::sin:
        return graph_.make(Op::sin, a);
      case Function::cos:
        return graph_.make(Op::cos, a);
      case Function::tan:
        return graph_.divide(graph_.make(Op::sin, a), graph_.make(Op::cos, a));
      case Function::atan:
        return graph_.make(Op::atan, a);
      case Function::abs:
        return graph_.make(Op::maximum, a, graph_.negate(a));
      case Function::log1p:
        return log(graph_.add(number(1), a));
      default:
        return call_of_exponential(function, a);
    }
  }

  // Written with 1 - e^-a, which loses no digits near a = 0.
  NodeId call_of_exponential(Function function, NodeId a) {
    const NodeId minus_a = graph_.negate(a);
    const NodeId half = number(0.5);
    switch (function) {
      case Function::expm1:
        return graph_.negate(one_minus_exp(minus_a));
      case Function::sinh:
        return graph_.multiply(half, graph_.subtract(one_minus_exp(a), one_minus_exp(minus_a)));
      case Function::cosh:
        return graph_.multiply(half, graph_.add(exp(a), exp(minus_a)));
      case Function::tanh:
        return tanh(a);
      default:  // sigmoid
        return graph_.divide(number(1), graph_.add(number(1), exp(minus_a)));
    }
  }

  Graph& graph_;
  const Names& names_;
  std::span<const NodeId> params_;
};

}  // namespace

NodeId write_graph(Graph& graph, const Expression& expression, const Names& names,
                   std::span<const NodeId> params) {
  Writer writer(graph, names, params);
  std::vector<NodeId> written;
  const auto operand = [&](int index) {
    return index < 0 ? kNoNode : written[static_cast<std::size_t>(index)];
  };
  for (const Expr& node : expression.nodes) {
    written.push_back(writer.write(node, operand(node.a), operand(node.b)));
    const double* number = graph.number(written.back());
    if (number && !std::isfinite(*number)) {
      expression.text.fail(node.at, "this part of the formula is not a finite number",
                           "it divides by zero, or leaves the range of a function");
    }
    if (graph.num_nodes() > kMostOperations) {
      expression.text.fail(
          node.at, fmt::format("the formula has more than {} operations,", kMostOperations));
    }
  }
  return written.back();
}

}  // namespace isoloss
