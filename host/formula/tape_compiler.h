// From nodes of a graph to the instructions of a tape.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/formula/graph.h"

namespace isoloss {

// Writes instructions for nodes, each once; then gives them registers. A sum takes a product over
// that nothing else needs: one instruction, rounded once.
class TapeCompiler {
 public:
  // Constants and parameters that `results` need have their place at once.
  TapeCompiler(const Graph& graph, int num_params, const std::vector<NodeId>& results);

  // Has `node`, one of the results, computed, and says where it stands: a register's number is the
  // node's until assign_registers(). Throws InputError where a tape cannot hold so much.
  Operand operand(NodeId node);
  void add_to_hessian(int place, NodeId node);

  // Gives registers that are free again to later instructions, and returns how many there are.
  // `held` are operands that must stay until instruction `until`.
  struct Held {
    Operand* operand;
    int until;
  };
  int assign_registers(const std::vector<Held>& held);

  std::vector<double> constants;
  std::vector<Instruction> prologue;
  std::vector<Instruction> take_body() { return std::move(body_); }
  int num_body() const { return static_cast<int>(body_.size()); }
  int num_uniforms() const { return num_uniforms_; }

 private:
  // The instruction of a node, with operands that are nodes still.
  struct Form {
    Op op;
    NodeId a, b, c;
  };

  int& uses(NodeId id) { return num_uses_[static_cast<std::size_t>(id)]; }
  void place(NodeId id, Storage storage, int index);
  bool takes_over(const Node& user, NodeId product) const;
  Form form_of(const Node& node) const;
  void write(NodeId root);
  void append(NodeId id, const Form& form);

  const Graph& graph_;
  int num_uniforms_;
  int num_values_ = 0;
  std::vector<std::optional<Operand>> place_;
  std::vector<int> num_uses_;  // by nodes that are needed
  std::vector<Instruction> body_;
};

}  // namespace isoloss
