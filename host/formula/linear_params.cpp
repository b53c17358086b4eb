#include "host/formula/linear_params.h"

#include <array>
#include <bit>

namespace isoloss {
namespace {

bool depends_on(const Graph& graph, NodeId node, int param) {
  return (graph[node].params >> param & 1u) != 0;
}

// Whether the value of `node` switches where the parameter does: its derivatives do not tell.
bool switches_with(const Graph& graph, NodeId node, int param) {
  std::vector<bool> is_reached(static_cast<std::size_t>(node) + 1);
  is_reached.back() = true;
  for (NodeId id = node; id >= 0; --id) {
    if (!is_reached[static_cast<std::size_t>(id)] || !depends_on(graph, id, param)) continue;
    const Node& here = graph[id];
    if (here.kind != NodeKind::operation) continue;
    if (here.op == Op::less || here.op == Op::minimum || here.op == Op::maximum) return true;
    for (const NodeId from : {here.a, here.b})
      if (from != kNoNode) is_reached[static_cast<std::size_t>(from)] = true;
  }
  return false;
}

// Bit j of element i: the derivative by i does not depend on j. An element is 0 unless f is linear
// in the parameter.
std::array<std::uint32_t, kMaxParams> partners(Graph& graph, NodeId f, int num_params,
                                               std::uint32_t log_params, std::uint32_t left_out) {
  std::array<std::uint32_t, kMaxParams> out{};
  for (int k = 0; k < num_params; ++k) {
    if (left_out >> k & 1u || !depends_on(graph, f, k)) continue;
    if (!is_linear_in(graph, f, k, log_params >> k & 1u)) continue;
    const std::uint32_t self = std::uint32_t{1} << k;
    out[static_cast<std::size_t>(k)] = ~graph[graph.derivative(f, k)].params | self;
  }
  return out;
}

bool comes_first(std::uint32_t set, std::uint32_t other) {
  const std::uint32_t difference = set ^ other;
  return (set & difference & (~difference + 1)) != 0;
}

}  // namespace

bool is_linear_in(Graph& graph, NodeId f, int param, bool is_log) {
  const NodeId slope = graph.derivative(f, param);
  if (!is_log) return !depends_on(graph, slope, param);
  // c g has the derivative c g by log c, again and again.
  return graph.derivative(slope, param) == slope && !switches_with(graph, slope, param);
}

std::vector<int> linear_params(Graph& graph, NodeId f, int num_params, std::uint32_t log_params,
                               std::uint32_t left_out) {
  const auto partners_of = partners(graph, f, num_params, log_params, left_out);
  std::uint32_t best = 0;
  for (std::uint32_t set = 0; set < std::uint32_t{1} << num_params; ++set) {
    const int more = std::popcount(set) - std::popcount(best);
    if (more < 0 || (more == 0 && !comes_first(set, best))) continue;
    bool is_joint = true;
    for (std::uint32_t rest = set; rest != 0 && is_joint; rest &= rest - 1)
      is_joint = (set & ~partners_of[static_cast<std::size_t>(std::countr_zero(rest))]) == 0;
    if (is_joint) best = set;
  }
  std::vector<int> out;
  for (int k = 0; k < num_params; ++k)
    if (best >> k & 1u) out.push_back(k);
  return out;
}

}  // namespace isoloss
