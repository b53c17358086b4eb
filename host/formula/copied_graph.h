// A formula written anew in another graph, with other leaves.

#pragma once

#include <vector>

#include "host/formula/graph.h"

namespace isoloss {

// Copies the nodes that `root` needs, parameters and inputs as leaf(node) says: a node of `to`.
template <class Leaf>
NodeId copied(const Graph& from, NodeId root, Graph& to, Leaf&& leaf) {
  std::vector<NodeId> place(static_cast<std::size_t>(root) + 1, kNoNode);
  std::vector<bool> needed(place.size());
  needed[static_cast<std::size_t>(root)] = true;
  for (NodeId id = root; id >= 0; --id)
    if (needed[static_cast<std::size_t>(id)])
      for (const NodeId operand : {from[id].a, from[id].b})
        if (operand != kNoNode) needed[static_cast<std::size_t>(operand)] = true;
  const auto placed = [&](NodeId id) {
    return id == kNoNode ? kNoNode : place[static_cast<std::size_t>(id)];
  };
  for (NodeId id = 0; id <= root; ++id) {
    if (!needed[static_cast<std::size_t>(id)]) continue;
    const Node& node = from[id];
    place[static_cast<std::size_t>(id)] =
        node.kind == NodeKind::operation  ? to.make(node.op, placed(node.a), placed(node.b))
        : node.kind == NodeKind::constant ? to.constant(node.number)
                                          : leaf(node);
  }
  return placed(root);
}

}  // namespace isoloss
