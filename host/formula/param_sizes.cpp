#include "host/formula/param_sizes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace isoloss {
namespace {

// Sizes that differ by less, in logs, are one: a decade.
constexpr double kSameSize = std::numbers::ln10;
// exp of more than this is no number.
constexpr double kMostLog = 600;

double log_of(double value) {
  return std::clamp(std::log(std::fabs(value)), -kMostLog, kMostLog);  // of 0: the least
}

// A node as it is if every parameter in it is about one.
struct Size {
  bool is_known = true;   // no parameter in it
  bool has_known = true;  // it is, or is a sum of which a part is
  double log = 0;         // of its absolute value; of a sum: of its largest known part
};

class SizeFinder {
 public:
  SizeFinder(const Expression& expression, const Names& names,
             const std::vector<std::optional<double>>& fixed, const DataSizes& data)
      : nodes_(expression.nodes),
        names_(names),
        fixed_(fixed),
        data_(data),
        size_(nodes_.size()),
        wanted_(nodes_.size()),
        out_(names.params.size()) {}

  std::vector<LogSizes> run() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) size_[i] = size_of(nodes_[i]);
    wanted_.back() = data_.log_response;
    for (std::size_t i = nodes_.size(); i-- > 0;) descend(i);
    for (LogSizes& sizes : out_)
      if (sizes.empty()) sizes.push_back(0);
    return std::move(out_);
  }

 private:
  const Size& size(int node) const { return size_[static_cast<std::size_t>(node)]; }
  double& wanted(int node) { return wanted_[static_cast<std::size_t>(node)]; }

  static bool is_power(const Expr& node) {
    return node.kind == ExprKind::power ||
           (node.kind == ExprKind::call && node.function == Function::pow);
  }

  Size size_of(const Expr& node) const {
    switch (node.kind) {
      case ExprKind::number:
        return {true, true, log_of(node.number)};
      case ExprKind::name:
        return size_of_name(names_.meanings[static_cast<std::size_t>(node.name)]);
      case ExprKind::negate:
        return size(node.a);
      case ExprKind::add:
      case ExprKind::subtract:
        return size_of_sum(size(node.a), size(node.b));
      case ExprKind::multiply:
      case ExprKind::divide:
        return size_of_product(node);
      default:
        return is_power(node) ? size_of_power(node) : size_of_call(node);
    }
  }

  Size size_of_name(const NameMeaning& meaning) const {
    const auto index = static_cast<std::size_t>(meaning.index);
    if (meaning.is_input) return {true, true, data_.log_input[index]};
    if (fixed_[index]) return {true, true, log_of(*fixed_[index])};
    return {false, false, 0};
  }

  static Size size_of_sum(const Size& a, const Size& b) {
    Size out{a.is_known && b.is_known, a.has_known || b.has_known, std::max(a.log, b.log)};
    if (a.has_known != b.has_known) out.log = a.has_known ? a.log : b.log;
    return out;
  }

  Size size_of_product(const Expr& node) const {
    const Size& a = size(node.a);
    const Size& b = size(node.b);
    const bool is_known = a.is_known && b.is_known;
    return {is_known, is_known, a.log + (node.kind == ExprKind::divide ? -b.log : b.log)};
  }

  // With a parameter in its exponent a power may be of any size.
  Size size_of_power(const Expr& node) const {
    const Size& base = size(node.a);
    const Size& exponent = size(node.b);
    if (!exponent.is_known) return {false, false, 0};
    return {base.is_known, base.is_known, base.log * value_of(node.b)};
  }

  Size size_of_call(const Expr& node) const {
    const Size& a = size(node.a);
    if (!a.is_known) return {false, false, 0};
    switch (node.function) {
      case Function::log:
        return {true, true, log_of(a.log)};
      case Function::log10:
        return {true, true, log_of(a.log / std::numbers::ln10)};
      case Function::log2:
        return {true, true, log_of(a.log / std::numbers::ln2)};
      case Function::sqrt:
        return {true, true, a.log / 2};
      case Function::abs:
        return a;
      case Function::min:
      case Function::max:
        return size_of_sum(a, size(node.b));
      default:
        return {true, true, 0};
    }
  }

  // Of a node without parameters, up to its sign unless it is a number.
  double value_of(int index) const {
    const Expr& node = nodes_[static_cast<std::size_t>(index)];
    if (node.kind == ExprKind::negate) return -value_of(node.a);
    if (node.kind == ExprKind::number) return node.number;
    return std::exp(std::min(size(index).log, 5.0));
  }

  // From the whole down.
  void descend(std::size_t i) {
    const Expr& node = nodes_[i];
    const double own = wanted_[i];
    if (size_[i].is_known) return;
    if (node.kind == ExprKind::name) return note(node, own);
    if (node.kind == ExprKind::negate) {
      wanted(node.a) = own;
    } else if (node.kind == ExprKind::add || node.kind == ExprKind::subtract) {
      wanted(node.a) = size(node.b).has_known ? size(node.b).log : own;
      wanted(node.b) = size(node.a).has_known ? size(node.a).log : own;
    } else if (node.kind == ExprKind::multiply) {
      wanted(node.a) = own - size(node.b).log;
      wanted(node.b) = own - size(node.a).log;
    } else if (node.kind == ExprKind::divide) {
      wanted(node.a) = own + size(node.b).log;
      wanted(node.b) = size(node.a).log - own;
    } else if (is_power(node)) {
      const double power = size(node.b).is_known ? value_of(node.b) : 0;
      wanted(node.a) = power != 0 ? own / power : 0;
      wanted(node.b) = 0;
    } else {
      descend_call(node, own);
    }
  }

  void descend_call(const Expr& node, double own) {
    double at = 0;
    if (node.function == Function::abs || node.function == Function::min ||
        node.function == Function::max)
      at = own;
    if (node.function == Function::sqrt) at = 2 * own;
    wanted(node.a) = at;
    if (node.b >= 0) wanted(node.b) = at;
  }

  void note(const Expr& node, double own) {
    LogSizes& sizes =
        out_[static_cast<std::size_t>(names_.meanings[static_cast<std::size_t>(node.name)].index)];
    const bool is_new = std::none_of(sizes.begin(), sizes.end(), [&](double other) {
      return std::fabs(own - other) < kSameSize;
    });
    if (is_new) sizes.push_back(std::clamp(own, -kMostLog, kMostLog));
  }

  const std::vector<Expr>& nodes_;
  const Names& names_;
  const std::vector<std::optional<double>>& fixed_;
  const DataSizes& data_;
  std::vector<Size> size_;
  std::vector<double> wanted_;
  std::vector<LogSizes> out_;
};

}  // namespace

std::vector<LogSizes> param_sizes(const Expression& expression, const Names& names,
                                  const std::vector<std::optional<double>>& fixed,
                                  const DataSizes& data) {
  return SizeFinder(expression, names, fixed, data).run();
}

}  // namespace isoloss
