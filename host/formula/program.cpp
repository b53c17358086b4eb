#include "host/formula/program.h"

#include "fits/dual.h"
#include "host/formula/tape_compiler.h"

namespace isoloss {
namespace {

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
  TapeCompiler compiler(graph_, num_params, results);
  tape_.value = compiler.operand(value_);
  tape_.value_end = compiler.num_body();
  for (int k = 0; k < num_params; ++k)
    tape_.grad[k] = compiler.operand(grad[static_cast<std::size_t>(k)]);
  tape_.grad_end = compiler.num_body();
  for (int place = 0; place < num_packed(num_params); ++place)
    if (!graph_.is_constant(hess[static_cast<std::size_t>(place)], 0))
      compiler.add_to_hessian(place, hess[static_cast<std::size_t>(place)]);
  std::vector<TapeCompiler::Held> held{{&tape_.value, tape_.grad_end}};
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
