// A number that is a node of a graph: a law's log_loss<Symbol> writes its own formula down.

#pragma once

#include "host/formula/graph.h"

namespace isoloss {

// While it lives, symbols are made in `graph`, in this thread.
class GraphScope {
 public:
  explicit GraphScope(Graph& graph);
  ~GraphScope();
  GraphScope(const GraphScope&) = delete;
  GraphScope& operator=(const GraphScope&) = delete;

  static Graph& current();

 private:
  Graph* before_;
};

struct Symbol {
  NodeId id = kNoNode;

  Symbol() = default;
  Symbol(double number)  // NOLINT(google-explicit-constructor): a constant
      : id(GraphScope::current().constant(number)) {}
  static Symbol of(NodeId id) {
    Symbol out;
    out.id = id;
    return out;
  }
};

namespace detail {

inline Symbol symbol(Op op, const Symbol& a, const Symbol& b) {
  return Symbol::of(GraphScope::current().make(op, a.id, b.id));
}
inline Symbol symbol(Op op, const Symbol& a) {
  return Symbol::of(GraphScope::current().make(op, a.id));
}

}  // namespace detail

inline Symbol operator+(const Symbol& a, const Symbol& b) { return detail::symbol(Op::add, a, b); }
inline Symbol operator-(const Symbol& a, const Symbol& b) {
  return detail::symbol(Op::subtract, a, b);
}
inline Symbol operator*(const Symbol& a, const Symbol& b) {
  return detail::symbol(Op::multiply, a, b);
}
inline Symbol operator/(const Symbol& a, const Symbol& b) {
  return detail::symbol(Op::divide, a, b);
}
inline Symbol operator-(const Symbol& a) { return detail::symbol(Op::negate, a); }
inline Symbol exp(const Symbol& a) { return detail::symbol(Op::exp, a); }
inline Symbol log(const Symbol& a) { return detail::symbol(Op::log, a); }
inline Symbol checked_log(const Symbol& a) { return log(a); }
inline Symbol one_minus_exp(const Symbol& a) { return detail::symbol(Op::one_minus_exp, a); }
inline Symbol min_of(const Symbol& a, const Symbol& b) { return detail::symbol(Op::minimum, a, b); }
inline Symbol max_of(const Symbol& a, const Symbol& b) { return detail::symbol(Op::maximum, a, b); }
inline Symbol sin(const Symbol& a) { return detail::symbol(Op::sin, a); }
inline Symbol cos(const Symbol& a) { return detail::symbol(Op::cos, a); }
inline Symbol atan(const Symbol& a) { return detail::symbol(Op::atan, a); }
inline Symbol balance(const Symbol& a, const Symbol& b) {
  return detail::symbol(Op::balance, a, b);
}

}  // namespace isoloss
