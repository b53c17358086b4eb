#include "host/formula/program.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "fits/dual.h"
#include "host/error.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostInstructions = 60000;

void refuse_size() {
  throw InputError("", 0, "", "the formula and its derivatives are too large",
                   "write it with fewer parameters or fewer operations");
}

// Writes instructions for nodes, each once; then gives them registers.
class Compiler {
 public:
  // Constants and parameters that `results` need have their place at once.
  Compiler(const Graph& graph, int num_params, const std::vector<NodeId>& results)
      : graph_(graph),
        num_uniforms_(num_params),
        place_(static_cast<std::size_t>(graph.num_nodes())) {
    std::vector<bool> needed(place_.size());
    for (const NodeId id : results) needed[static_cast<std::size_t>(id)] = true;
    for (NodeId id = graph.num_nodes() - 1; id >= 0; --id) {
      if (!needed[static_cast<std::size_t>(id)]) continue;
      const Node& node = graph[id];
      for (const NodeId from : {node.a, node.b})
        if (from != kNoNode) needed[static_cast<std::size_t>(from)] = true;
      if (node.kind == NodeKind::param) place(id, Storage::uniform, node.index);
      if (node.kind == NodeKind::constant) {
        place(id, Storage::uniform, num_uniforms_++);
        constants.push_back(node.number);
      }
    }
  }

  // Has `node` computed, and says where it stands: a register's number is the node's until
  // assign_registers().
  Operand operand(NodeId node) {
    const Node& own = graph_[node];
    if (own.kind == NodeKind::input) return {Storage::input, static_cast<std::uint16_t>(own.index)};
    write(node);
    return *place_[static_cast<std::size_t>(node)];
  }

  void add_to_hessian(int place, NodeId node) {
    const Operand a = operand(node);
    body_.push_back({Op::add_to_hessian, static_cast<std::uint16_t>(place), a, a});
    if (body_.size() > kMostInstructions) refuse_size();
  }

  int num_body() const { return static_cast<int>(body_.size()); }

  // Gives registers that are free again to later instructions. `held` are operands that must stay
  // until instruction `until`.
  struct Held {
    Operand* operand;
    int until;
  };
  int assign_registers(const std::vector<Held>& held);

  std::vector<double> constants;
  std::vector<Instruction> prologue;
  std::vector<Instruction> take_body() { return std::move(body_); }
  int num_uniforms() const { return num_uniforms_; }

 private:
  void place(NodeId id, Storage storage, int index) {
    if (index > std::numeric_limits<std::uint16_t>::max()) refuse_size();
    place_[static_cast<std::size_t>(id)] = {storage, static_cast<std::uint16_t>(index)};
  }

  // In order of the nodes' numbers, in which operands come first; without recursion.
  void write(NodeId root) {
    std::vector<NodeId> wanted{root};
    std::vector<NodeId> found;
    while (!wanted.empty()) {
      const NodeId id = wanted.back();
      wanted.pop_back();
      const Node& node = graph_[id];
      if (node.kind != NodeKind::operation || place_[static_cast<std::size_t>(id)]) continue;
      place(id, node.is_uniform ? Storage::uniform : Storage::registered, 0);
      found.push_back(id);
      wanted.push_back(node.a);
      if (node.b != kNoNode) wanted.push_back(node.b);
    }
    std::sort(found.begin(), found.end());
    for (const NodeId id : found) append(id);
  }

  void append(NodeId id) {
    const Node& node = graph_[id];
    if (node.is_uniform) {
      place(id, Storage::uniform, num_uniforms_++);
    } else {
      place(id, Storage::registered, num_values_++);
    }
    const Operand a = operand(node.a);
    const Operand b = node.b == kNoNode ? a : operand(node.b);
    auto& list = node.is_uniform ? prologue : body_;
    list.push_back({node.op, place_[static_cast<std::size_t>(id)]->index, a, b});
    if (list.size() > kMostInstructions) refuse_size();
  }

  const Graph& graph_;
  int num_uniforms_;
  int num_values_ = 0;
  std::vector<std::optional<Operand>> place_;
  std::vector<Instruction> body_;
};

int Compiler::assign_registers(const std::vector<Held>& held) {
  std::vector<int> last_use(static_cast<std::size_t>(num_values_), -1);
  const auto use = [&](const Operand& operand, int at) {
    if (operand.storage == Storage::registered)
      last_use[operand.index] = std::max(last_use[operand.index], at);
  };
  for (int i = 0; i < num_body(); ++i) {
    use(body_[static_cast<std::size_t>(i)].a, i);
    use(body_[static_cast<std::size_t>(i)].b, i);
  }
  for (const Held& own : held) use(*own.operand, own.until);
  std::vector<std::vector<int>> ends(static_cast<std::size_t>(num_body()) + 1);
  std::vector<std::uint16_t> home(last_use.size());
  std::vector<std::uint16_t> vacant;
  int num_registers = 0;
  for (int i = 0; i < num_body(); ++i) {
    Instruction& own = body_[static_cast<std::size_t>(i)];
    if (own.op != Op::add_to_hessian) {
      const int value = own.out;
      if (vacant.empty()) vacant.push_back(static_cast<std::uint16_t>(num_registers++));
      own.out = home[static_cast<std::size_t>(value)] = vacant.back();
      vacant.pop_back();
      ends[static_cast<std::size_t>(std::max(last_use[static_cast<std::size_t>(value)], i))]
          .push_back(value);
    }
    for (Operand* operand : {&own.a, &own.b})
      if (operand->storage == Storage::registered) operand->index = home[operand->index];
    for (const int value : ends[static_cast<std::size_t>(i)])
      vacant.push_back(home[static_cast<std::size_t>(value)]);
  }
  for (const Held& own : held)
    if (own.operand->storage == Storage::registered) own.operand->index = home[own.operand->index];
  return num_registers;
}

// The prediction, or what it is the log of.
NodeId without_log(const Graph& graph, NodeId prediction) {
  const Node& node = graph[prediction];
  const bool is_log = node.kind == NodeKind::operation && node.op == Op::log;
  return is_log ? node.a : prediction;
}

}  // namespace

Program::Program(Graph graph, NodeId prediction, int num_params, int num_inputs)
    : graph_(std::move(graph)), value_(without_log(graph_, prediction)) {
  tape_.takes_log = value_ != prediction;
  tape_.num_params = num_params;
  tape_.num_inputs = num_inputs;
  std::vector<NodeId> grad;
  for (int k = 0; k < num_params; ++k) grad.push_back(graph_.derivative(value_, k));
  std::vector<NodeId> hess;
  for (int k = 0; k < num_params; ++k)
    for (int l = 0; l <= k; ++l)
      hess.push_back(graph_.derivative(grad[static_cast<std::size_t>(k)], l));

  std::vector<NodeId> results = grad;
  results.push_back(value_);
  results.insert(results.end(), hess.begin(), hess.end());
  Compiler compiler(graph_, num_params, results);
  tape_.value = compiler.operand(value_);
  tape_.value_end = compiler.num_body();
  for (int k = 0; k < num_params; ++k)
    tape_.grad[k] = compiler.operand(grad[static_cast<std::size_t>(k)]);
  tape_.grad_end = compiler.num_body();
  for (int place = 0; place < num_packed(num_params); ++place)
    if (!graph_.is_constant(hess[static_cast<std::size_t>(place)], 0))
      compiler.add_to_hessian(place, hess[static_cast<std::size_t>(place)]);
  std::vector<Compiler::Held> held{{&tape_.value, tape_.grad_end}};
  for (int k = 0; k < num_params; ++k) held.push_back({&tape_.grad[k], tape_.grad_end});
  tape_.num_registers = compiler.assign_registers(held);

  constants_ = std::move(compiler.constants);
  prologue_ = std::move(compiler.prologue);
  body_ = compiler.take_body();
  tape_.num_uniforms = compiler.num_uniforms();
  tape_.constants = constants_.data();
  tape_.num_constants = static_cast<int>(constants_.size());
  tape_.prologue = prologue_.data();
  tape_.num_prologue = static_cast<int>(prologue_.size());
  tape_.body = body_.data();
  tape_.num_body = static_cast<int>(body_.size());
}

}  // namespace isoloss
