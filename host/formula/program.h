// A law made ready to run: its graph, and the tape that its value and derivatives are compiled to.

#pragma once

#include <memory>
#include <vector>

#include "host/formula/graph.h"

namespace isoloss {

// Owns a tape's arrays.
class Program {
 public:
  // Compiles `prediction`, a node of the graph: what is compared with the target.
  //   num_params, num_inputs   of the law; at most kMaxParams
  // Throws InputError if the derivatives take more instructions than a tape can hold.
  // Cost: about nodes x params^2 look-ups, a fraction of a millisecond for a law of the catalogue.
  Program(Graph graph, NodeId prediction, int num_params, int num_inputs);
  Program(const Program&) = delete;  // the tape points into it
  Program& operator=(const Program&) = delete;

  const Tape& tape() const { return tape_; }
  // f of the tape: the prediction, or what it is the log of.
  NodeId value() const { return value_; }
  Graph& graph() { return graph_; }

 private:
  Graph graph_;
  NodeId value_;
  Tape tape_;
  std::vector<double> constants_;
  std::vector<Instruction> prologue_;
  std::vector<Instruction> body_;
};

}  // namespace isoloss
