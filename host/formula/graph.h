// A formula as a graph of operations, each of them once.
//
// Nodes are shared: asking twice for a + b gives the same node, so that what a value and its
// derivatives have in common is computed once. Asking also simplifies (x * 1, x + 0, log(exp(x)),
// operations on constants).

#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "fits/tape.h"

namespace isoloss {

// Index of a node; operands come before what is computed from them.
using NodeId = std::int32_t;
inline constexpr NodeId kNoNode = -1;

enum class NodeKind : std::uint8_t { constant, param, input, operation };

struct Node {
  NodeKind kind;
  Op op{};            // of an operation
  int index = 0;      // of a parameter or an input
  double number = 0;  // of a constant
  NodeId a = kNoNode;
  NodeId b = kNoNode;        // kNoNode where op takes one operand
  std::uint32_t params = 0;  // bit k: depends on parameter k
  bool is_uniform = true;    // depends on no input
};

class Graph {
 public:
  NodeId constant(double number);
  NodeId param(int index);
  // index: place among the law's inputs
  NodeId input(int index);
  // The operation, simplified.
  NodeId make(Op op, NodeId a, NodeId b = kNoNode);

  NodeId add(NodeId a, NodeId b) { return make(Op::add, a, b); }
  NodeId subtract(NodeId a, NodeId b) { return make(Op::subtract, a, b); }
  NodeId multiply(NodeId a, NodeId b) { return make(Op::multiply, a, b); }
  NodeId divide(NodeId a, NodeId b) { return make(Op::divide, a, b); }
  NodeId negate(NodeId a) { return make(Op::negate, a); }
  // a^b: repeated multiplication for a whole constant b up to 64 in size, else exp(b log a).
  NodeId power(NodeId a, NodeId b);

  // Derivative of `node` by parameter `param`; zero is constant(0).
  NodeId derivative(NodeId node, int param);

  const Node& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  int num_nodes() const { return static_cast<int>(nodes_.size()); }
  bool is_constant(NodeId id, double number) const;
  // The number if the node is a constant.
  const double* number(NodeId id) const;

 private:
  using Key = std::tuple<NodeKind, Op, int, std::uint64_t, NodeId, NodeId>;

  NodeId find_or_append(const Node& node);
  NodeId find_operation(Op op, NodeId a, NodeId b) const;
  NodeId append_operation(Op op, NodeId a, NodeId b);
  NodeId append_product(NodeId a, NodeId b);
  NodeId simplify_binary(Op op, NodeId a, NodeId b);
  NodeId simplify_unary(Op op, NodeId a);
  NodeId whole_power(NodeId a, int exponent);
  NodeId derivative_of_operation(NodeId node, int param);

  std::vector<Node> nodes_;
  std::map<Key, NodeId> known_;
  std::map<std::pair<NodeId, int>, NodeId> derivatives_;
};

// What an operation gives for numbers: the reference of constant folding and of the machine.
double apply(Op op, double a, double b);
// Operands that an operation takes.
int arity(Op op);

}  // namespace isoloss
