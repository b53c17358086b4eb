// The value of a graph's node for numbers, one operation after the other.

#pragma once

#include <cmath>
#include <vector>

#include "host/formula/graph.h"
#include "tests/tolerance.h"

namespace isoloss {

inline double value_of(const Graph& graph, NodeId root, const std::vector<double>& theta,
                       const std::vector<double>& inputs) {
  std::vector<double> values;
  for (NodeId id = 0; id <= root; ++id) {
    const Node& node = graph[id];
    const auto at = [&](int index) { return static_cast<std::size_t>(index); };
    switch (node.kind) {
      case NodeKind::constant:
        values.push_back(node.number);
        break;
      case NodeKind::param:
        values.push_back(theta[at(node.index)]);
        break;
      case NodeKind::input:
        values.push_back(inputs[at(node.index)]);
        break;
      case NodeKind::operation:
        values.push_back(
            apply(node.op, values[at(node.a)], node.b == kNoNode ? 0 : values[at(node.b)]));
        break;
    }
  }
  return values.back();
}

// Whether a value agrees with one computed by other functions.
inline bool is_close(double value, double expected) {
  return std::fabs(value - expected) <= tolerance::kClosedForm * std::fabs(expected);
}

}  // namespace isoloss
