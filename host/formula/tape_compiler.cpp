#include "host/formula/tape_compiler.h"

#include <algorithm>
#include <limits>

#include "host/base/error.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostInstructions = 60000;

void refuse_size() {
  throw InputError("", 0, "", "the formula and its derivatives are too large",
                   "write it with fewer parameters or fewer operations");
}

}  // namespace

TapeCompiler::TapeCompiler(const Graph& graph, int num_params, const std::vector<NodeId>& results)
    : graph_(graph),
      num_uniforms_(num_params),
      place_(static_cast<std::size_t>(graph.num_nodes())),
      num_uses_(place_.size()) {
  for (const NodeId id : results) uses(id) += 2;  // a result is kept: no other takes it over
  for (NodeId id = graph.num_nodes() - 1; id >= 0; --id) {
    if (uses(id) == 0) continue;
    const Node& node = graph[id];
    for (const NodeId from : {node.a, node.b})
      if (from != kNoNode) ++uses(from);
    if (node.kind == NodeKind::param) place(id, Storage::uniform, node.index);
    if (node.kind == NodeKind::constant) {
      place(id, Storage::uniform, num_uniforms_++);
      constants.push_back(node.number);
    }
  }
}

Operand TapeCompiler::operand(NodeId node) {
  const Node& own = graph_[node];
  if (own.kind == NodeKind::input) return {Storage::input, static_cast<std::uint16_t>(own.index)};
  write(node);
  return *place_[static_cast<std::size_t>(node)];
}

void TapeCompiler::add_to_hessian(int place, NodeId node) {
  const Node& own = graph_[node];
  const bool is_negative = own.kind == NodeKind::operation && own.op == Op::negate;
  const Operand a = operand(is_negative ? own.a : node);
  body_.push_back({is_negative ? Op::take_from_hessian : Op::add_to_hessian,
                   static_cast<std::uint16_t>(place), a, a, a});
  if (body_.size() > kMostInstructions) refuse_size();
}

void TapeCompiler::place(NodeId id, Storage storage, int index) {
  if (index > std::numeric_limits<std::uint16_t>::max()) refuse_size();
  place_[static_cast<std::size_t>(id)] = {storage, static_cast<std::uint16_t>(index)};
}

// A product that only `user` takes, and that is computed as often as it.
bool TapeCompiler::takes_over(const Node& user, NodeId product) const {
  const Node& node = graph_[product];
  return node.kind == NodeKind::operation && node.op == Op::multiply &&
         num_uses_[static_cast<std::size_t>(product)] == 1 && node.is_uniform == user.is_uniform &&
         !place_[static_cast<std::size_t>(product)];
}

TapeCompiler::Form TapeCompiler::form_of(const Node& node) const {
  const NodeId b = node.b == kNoNode ? node.a : node.b;
  if (node.op != Op::add && node.op != Op::subtract) return {node.op, node.a, b, node.a};
  const bool is_sum = node.op == Op::add;
  if (takes_over(node, node.b)) {
    const Node& product = graph_[node.b];
    return {is_sum ? Op::multiply_add : Op::subtract_product, product.a, product.b, node.a};
  }
  if (takes_over(node, node.a)) {
    const Node& product = graph_[node.a];
    return {is_sum ? Op::multiply_add : Op::multiply_subtract, product.a, product.b, node.b};
  }
  return {node.op, node.a, b, node.a};
}

// In order of the nodes' numbers, in which operands come first; without recursion.
void TapeCompiler::write(NodeId root) {
  std::vector<NodeId> wanted{root};
  std::vector<std::pair<NodeId, Form>> found;
  while (!wanted.empty()) {
    const NodeId id = wanted.back();
    wanted.pop_back();
    const Node& node = graph_[id];
    if (node.kind != NodeKind::operation || place_[static_cast<std::size_t>(id)]) continue;
    found.emplace_back(id, form_of(node));
    place(id, node.is_uniform ? Storage::uniform : Storage::registered, 0);
    const Form& form = found.back().second;
    wanted.insert(wanted.end(), {form.a, form.b, form.c});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& one, const auto& other) { return one.first < other.first; });
  for (const auto& [id, form] : found) append(id, form);
}

void TapeCompiler::append(NodeId id, const Form& form) {
  const bool is_uniform = graph_[id].is_uniform;
  if (is_uniform) {
    place(id, Storage::uniform, num_uniforms_++);
  } else {
    place(id, Storage::registered, num_values_++);
  }
  auto& list = is_uniform ? prologue : body_;
  list.push_back({form.op, place_[static_cast<std::size_t>(id)]->index, operand(form.a),
                  operand(form.b), operand(form.c)});
  if (list.size() > kMostInstructions) refuse_size();
}

int TapeCompiler::assign_registers(const std::vector<Held>& held) {
  std::vector<int> last_use(static_cast<std::size_t>(num_values_), -1);
  const auto use = [&](const Operand& operand, int at) {
    if (operand.storage == Storage::registered)
      last_use[operand.index] = std::max(last_use[operand.index], at);
  };
  for (int i = 0; i < num_body(); ++i) {
    const Instruction& own = body_[static_cast<std::size_t>(i)];
    for (const Operand& operand : {own.a, own.b, own.c}) use(operand, i);
  }
  for (const Held& own : held) use(*own.operand, own.until);
  std::vector<std::vector<int>> ends(static_cast<std::size_t>(num_body()) + 1);
  std::vector<std::uint16_t> home(last_use.size());
  std::vector<std::uint16_t> vacant;
  int num_registers = 0;
  for (int i = 0; i < num_body(); ++i) {
    Instruction& own = body_[static_cast<std::size_t>(i)];
    if (!is_for_hessian(own.op)) {
      const int value = own.out;
      if (vacant.empty()) vacant.push_back(static_cast<std::uint16_t>(num_registers++));
      own.out = home[static_cast<std::size_t>(value)] = vacant.back();
      vacant.pop_back();
      ends[static_cast<std::size_t>(std::max(last_use[static_cast<std::size_t>(value)], i))]
          .push_back(value);
    }
    for (Operand* operand : {&own.a, &own.b, &own.c})
      if (operand->storage == Storage::registered) operand->index = home[operand->index];
    for (const int value : ends[static_cast<std::size_t>(i)])
      vacant.push_back(home[static_cast<std::size_t>(value)]);
  }
  for (const Held& own : held)
    if (own.operand->storage == Storage::registered) own.operand->index = home[own.operand->index];
  return num_registers;
}

}  // namespace isoloss
