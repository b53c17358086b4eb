#include "host/formula/roles.h"

#include <cmath>
#include <cstdint>
#include <utility>

namespace isoloss {
namespace {

// Directions in which a value moves with the columns, as bits.
using Moves = std::uint8_t;
constexpr Moves kUp = 1;
constexpr Moves kDown = 2;
constexpr Moves kBoth = kUp | kDown;
constexpr Moves kByExponent = 4;  // in a direction that an exponent of its own decides

Moves flipped(Moves moves) {
  const int swapped = (moves & kUp ? kDown : 0) | (moves & kDown ? kUp : 0);
  return static_cast<Moves>(swapped | (moves & kByExponent));
}

Moves joined(Moves a, Moves b) { return static_cast<Moves>(a | b); }

bool is_rising_function(Function function) {
  switch (function) {
    case Function::sin:
    case Function::cos:
    case Function::tan:
    case Function::cosh:
    case Function::abs:
      return false;
    default:
      return true;
  }
}

// How a node is reached from the whole formula.
struct Context {
  bool is_reached = false;
  bool is_flipped = false;    // the formula falls where the node rises
  bool is_scrambled = false;  // in a function that both rises and falls
  bool is_exponent = false;
  bool is_divisor = false;  // in an exponent, below the line
  Moves factors = 0;        // of what multiplies the node; of an exponent: of its base
};

class RoleFinder {
 public:
  RoleFinder(const Expression& expression, const Names& names)
      : nodes_(expression.nodes),
        names_(names),
        moves_(nodes_.size()),
        is_negative_(nodes_.size()),
        has_param_(nodes_.size()),
        contexts_(nodes_.size()),
        roles_(names.params.size()) {}

  std::vector<ParamRole> run() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) rise(i);
    contexts_.back().is_reached = true;
    for (std::size_t i = nodes_.size(); i-- > 0;) descend(i);
    return std::move(roles_);
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  bool is_power(const Expr& node) const {
    return node.kind == ExprKind::power ||
           (node.kind == ExprKind::call && node.function == Function::pow);
  }

  bool is_sum(int index) const {
    const ExprKind kind = nodes_[at(index)].kind;
    return kind == ExprKind::add || kind == ExprKind::subtract;
  }

  // Of a square, which rises and falls with its base.
  bool is_even_power(const Expr& node) const {
    const Expr* exponent = &nodes_[at(node.b)];
    if (exponent->kind == ExprKind::negate) exponent = &nodes_[at(exponent->a)];
    return exponent->kind == ExprKind::number && std::fmod(exponent->number, 2) == 0;
  }

  // From the operands up: moves_, is_negative_, has_param_.
  void rise(std::size_t i) {
    const Expr& node = nodes_[i];
    const Moves a = node.a >= 0 ? moves_[at(node.a)] : Moves{0};
    const Moves b = node.b >= 0 ? moves_[at(node.b)] : Moves{0};
    for (const int operand : {node.a, node.b})
      if (operand >= 0 && has_param_[at(operand)]) has_param_[i] = true;
    if (node.kind == ExprKind::name) {
      const NameMeaning& meaning = names_.meanings[at(node.name)];
      moves_[i] = meaning.is_input ? kUp : 0;
      has_param_[i] = !meaning.is_input;
    } else if (node.kind == ExprKind::negate) {
      moves_[i] = flipped(a);
      is_negative_[i] = !is_negative_[at(node.a)];
    } else if (is_power(node)) {
      moves_[i] = moves_of_power(node, a, b);
    } else if (is_product(node)) {
      const bool is_quotient = node.kind == ExprKind::divide;
      const Moves second = moves_of_size(node.b);
      is_negative_[i] = is_negative_[at(node.a)] != is_negative_[at(node.b)];
      moves_[i] = joined(moves_of_size(node.a), is_quotient ? flipped(second) : second);
      if (is_negative_[i]) moves_[i] = flipped(moves_[i]);
    } else if (node.kind == ExprKind::subtract) {
      moves_[i] = joined(a, flipped(b));
    } else if (node.kind == ExprKind::call && !is_rising_function(node.function)) {
      moves_[i] = a == 0 ? a : kBoth;
    } else {
      moves_[i] = joined(a, b);
    }
  }

  static bool is_product(const Expr& node) {
    return node.kind == ExprKind::multiply || node.kind == ExprKind::divide;
  }

  // Of the operand without its sign.
  Moves moves_of_size(int operand) const {
    const Moves moves = moves_[at(operand)];
    return is_negative_[at(operand)] ? flipped(moves) : moves;
  }

  Moves moves_of_power(const Expr& node, Moves base, Moves exponent) const {
    Moves out = is_negative_[at(node.b)] ? flipped(base) : base;
    if (exponent != 0) out = joined(out, kBoth);
    if (out != 0 && has_param_[at(node.b)]) out = joined(out, kByExponent);
    return out;
  }

  // From the whole down: contexts_, and roles_ at the names.
  void descend(std::size_t i) {
    const Expr& node = nodes_[i];
    const Context& here = contexts_[i];
    if (node.kind == ExprKind::name) {
      const NameMeaning& meaning = names_.meanings[at(node.name)];
      if (!meaning.is_input) note(roles_[at(meaning.index)], here);
      return;
    }
    if (node.a >= 0) contexts_[at(node.a)] = context_of_first(node, here);
    if (node.b >= 0) contexts_[at(node.b)] = context_of_second(node, here);
  }

  Context context_of_first(const Expr& node, Context out) const {
    if (is_product(node)) {
      out.is_flipped = out.is_flipped != is_negative_[at(node.b)];
      const Moves other = moves_of_size(node.b);
      add_factors(out, node.kind == ExprKind::divide ? flipped(other) : other);
    } else if (node.kind == ExprKind::negate) {
      out.is_flipped = !out.is_flipped;
    } else if (!out.is_exponent && is_power(node)) {
      out.is_flipped = out.is_flipped != is_negative_[at(node.b)];
      out.factors = 0;
      out.is_scrambled = out.is_scrambled || (is_sum(node.a) && is_even_power(node));
    } else if (!out.is_exponent && node.kind == ExprKind::call) {
      out.factors = 0;
      out.is_scrambled = out.is_scrambled || !is_rising_function(node.function);
    }
    return out;
  }

  Context context_of_second(const Expr& node, Context out) const {
    if (is_power(node)) {
      if (!out.is_exponent) out.factors = moves_[at(node.a)];
      out.is_exponent = true;
      return out;
    }
    if (node.kind == ExprKind::subtract || node.kind == ExprKind::divide)
      out.is_flipped = !out.is_flipped;
    if (!is_product(node)) return out;
    out.is_flipped = out.is_flipped != is_negative_[at(node.a)];
    // A larger divisor makes a smaller quotient, whichever way the dividend moves.
    const Moves other = moves_of_size(node.a);
    add_factors(out, node.kind == ExprKind::divide ? flipped(other) : other);
    out.is_divisor = out.is_exponent && (out.is_divisor || node.kind == ExprKind::divide);
    return out;
  }

  // An exponent keeps the moves of its base.
  static void add_factors(Context& context, Moves moves) {
    if (!context.is_exponent) context.factors = joined(context.factors, moves);
  }

  static void note(ParamRole& role, const Context& context) {
    const Moves moves = context.is_flipped ? flipped(context.factors) : context.factors;
    if (context.is_exponent) {
      if (!role.is_exponent) role.may_rise = false;  // what it is elsewhere does not matter
      role.is_exponent = true;
      role.divides_in_exponent = role.divides_in_exponent || context.is_divisor;
      const bool only_falls = (moves & kBoth) == kDown && !context.is_scrambled;
      role.may_rise = role.may_rise || (!only_falls && !context.is_divisor);
    } else if (!role.is_exponent) {
      const bool is_open = (moves & kUp) != 0 && (moves & kByExponent) == 0;
      role.may_rise = role.may_rise || is_open || context.is_scrambled;
    }
  }

  const std::vector<Expr>& nodes_;
  const Names& names_;
  std::vector<Moves> moves_;
  std::vector<bool> is_negative_;
  std::vector<bool> has_param_;
  std::vector<Context> contexts_;
  std::vector<ParamRole> roles_;
};

}  // namespace

std::vector<ParamRole> param_roles(const Expression& expression, const Names& names) {
  return RoleFinder(expression, names).run();
}

}  // namespace isoloss
