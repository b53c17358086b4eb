#include "host/formula/symbol.h"

#include <cassert>

namespace isoloss {
namespace {

thread_local Graph* current_graph = nullptr;

}  // namespace

GraphScope::GraphScope(Graph& graph) : before_(current_graph) { current_graph = &graph; }

GraphScope::~GraphScope() { current_graph = before_; }

Graph& GraphScope::current() {
  assert(current_graph != nullptr);
  return *current_graph;
}

}  // namespace isoloss
