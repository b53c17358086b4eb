#include "host/laws/law_entry.h"

#include <algorithm>
#include <cmath>

#include "fits/functions.h"
#include "host/formula/linear_params.h"

namespace isoloss {
namespace {

// The lower bound of a log parameter, that very number, stands for zero in any unit.
bool is_zero(const LawEntry& law, int param, const Theta& theta) {
  const auto k = static_cast<std::size_t>(param);
  return law.is_log(param) && theta[k] == law.params[k].bounds.lower;
}

double centre_of(const Centre& centre, Input input) {
  return centre[static_cast<std::size_t>(info_of(input).centred_with)];
}

// By how much a unit of the response's centre moves a parameter. An exponent of zero leaves its
// parameter without effect, wherever it stands.
double rate_of(const ResponseShift& shift, const Theta& theta) {
  if (shift.over < 0) return shift.factor;
  const double over = theta[static_cast<std::size_t>(shift.over)];
  return over == 0 ? 0 : shift.factor / over;
}

// theta[param] shifts by `sign` times the centre of its input, per unit of its exponent.
Theta shifted(const LawEntry& law, Theta theta, const Centre& centre, double sign) {
  const Theta before = theta;
  for (const Term& term : law.terms) {
    if (term.constant() || is_zero(law, term.weight, theta)) continue;
    theta[static_cast<std::size_t>(term.weight)] +=
        sign * before[static_cast<std::size_t>(term.exponent)] * centre_of(centre, term.input);
  }
  for (const Shift& shift : law.shifts) {
    const auto k = static_cast<std::size_t>(shift.param);
    if (shift.by >= 0 && is_zero(law, shift.param, before)) continue;
    const double by = shift.by < 0 ? 1 : before[static_cast<std::size_t>(shift.by)];
    theta[k] += sign * shift.factor * by * centre_of(centre, shift.input);
  }
  if (centre[kResponse] == 0) return theta;
  for (const ResponseShift& shift : law.response_shifts)
    if (!is_zero(law, shift.param, before))
      theta[static_cast<std::size_t>(shift.param)] +=
          sign * rate_of(shift, before) * centre[kResponse];
  return theta;
}

}  // namespace

Program& LazyProgram::get() {
  std::call_once(made_, [&] {
    Graph graph;
    const NodeId prediction = write_(graph);
    program_ = std::make_unique<Program>(std::move(graph), prediction, num_params_, num_inputs_);
  });
  return *program_;
}

std::vector<int> LazyProgram::linear_params(std::uint32_t log_params, std::uint32_t left_out) {
  Program& own = get();
  const std::lock_guard lock(finding_linear_);
  const auto known = linear_.find(left_out);
  if (known != linear_.end()) return known->second;
  return linear_[left_out] =
             isoloss::linear_params(own.graph(), own.value(), num_params_, log_params, left_out);
}

std::vector<std::string> LawEntry::param_names() const {
  std::vector<std::string> out;
  for (const LawParam& param : params) out.push_back(param.name);
  return out;
}

std::vector<std::string> LawEntry::input_columns() const {
  std::vector<std::string> out;
  for (const LawInput& input : inputs)
    if (!input.is_history()) out.push_back(input.column);
  return out;
}

int LawEntry::num_free() const {
  int num = 0;
  for (int k = 0; k < num_params(); ++k) num += is_held(k) ? 0 : 1;
  return num;
}

double LawEntry::shown(int k, double theta_k) const {
  if (!is_log(k)) return theta_k;
  const double zero = params[static_cast<std::size_t>(k)].bounds.lower;
  return theta_k == zero ? 0 : isoloss::exp(theta_k);
}

Theta LawEntry::to_search(Theta theta, const Centre& centre) const {
  return shifted(*this, theta, centre, -1);
}

// Shifts by exponents, which do not move themselves: the same step back.
Theta LawEntry::from_search(Theta theta, const Centre& centre) const {
  return shifted(*this, theta, centre, 1);
}

bool LawEntry::is_centred(const LawInput& input) const {
  if (!may_centre || input.axis != Axis::log || input.table < 0) return false;
  return moves_with(info_of(static_cast<Input>(input.table)).centred_with);
}

bool LawEntry::moves_with(Input input) const {
  for (const Term& term : terms)
    if (!term.constant() && term.input == input) return true;
  for (const Shift& shift : shifts)
    if (shift.input == input) return true;
  return false;
}

bool LawEntry::centres_response() const {
  if (!may_centre_response || response_shifts.empty()) return false;
  const auto is_plain = [](const ResponseShift& shift) { return shift.over < 0; };
  return log_residual || std::all_of(response_shifts.begin(), response_shifts.end(), is_plain);
}

const ResponseShift* LawEntry::response_shift(int k) const {
  for (const ResponseShift& shift : response_shifts)
    if (shift.param == k) return &shift;
  return nullptr;
}

std::vector<Input> LawEntry::unit_inputs(int k) const {
  std::vector<Input> out;
  for (const Term& term : terms)
    if (term.weight == k && !term.constant()) out.push_back(term.input);
  for (const Shift& shift : shifts)
    if (shift.param == k) out.push_back(shift.input);
  return out;
}

bool LawEntry::reads(std::string_view column) const {
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](const LawInput& input) { return input.column == column; });
}

int LawEntry::place_of(Input input) const {
  for (std::size_t k = 0; k < inputs.size(); ++k)
    if (inputs[k].table == static_cast<int>(input)) return static_cast<int>(k);
  return -1;
}

LawKernels LawEntry::kernels(SimdLevel level) const {
  LawKernels own = has_own_kernels() ? kernel_table[static_cast<std::size_t>(level)]
                                     : tape_kernels(tape(), level);
  own.tape = &tape();
  for (const Term& term : terms) own.weights |= std::uint32_t{1} << term.weight;
  if (!terms.empty()) return own;
  for (const int k : linear_params())
    if (is_log(k)) own.weights |= std::uint32_t{1} << k;
  return own;
}

double LawEntry::predict(const Theta& theta, std::span<const double> values) const {
  std::vector<double> copies;
  for (const double value : values) copies.insert(copies.end(), kNumLanes, value);
  const double zeros[kNumLanes] = {};
  const RunsView run{copies.data(), kNumLanes, zeros, zeros, 1, kNumLanes};
  double out[kNumLanes];
  tape_kernels(tape(), SimdLevel::portable).predict(&tape(), run, theta.data(), out);
  return log_residual ? isoloss::exp(out[0]) : tape_unit() * out[0];
}

LawEntry LawEntry::with_linear_residual(double of_unit) const {
  LawEntry out = *this;
  out.log_residual = false;
  out.unit = of_unit;
  const auto write = [of = prediction, tape_unit = out.tape_unit()](Graph& graph) {
    const NodeId own = of(graph);  // may replace the graph: first
    return tape_unit == 1 ? own : graph.multiply(own, graph.constant(1 / tape_unit));
  };
  out.program = std::make_shared<LazyProgram>(write, num_params(), num_inputs());
  return out;
}

LawEntry LawEntry::with_log_residual() const {
  LawEntry out = *this;
  out.log_residual = true;
  out.unit = 1;
  out.program = std::make_shared<LazyProgram>(log_prediction, num_params(), num_inputs());
  return out;
}

std::vector<int> LawEntry::linear_params() const {
  std::uint32_t log_params = 0;
  std::uint32_t held = 0;
  for (int k = 0; k < num_params(); ++k) {
    log_params |= std::uint32_t{is_log(k)} << k;
    held |= std::uint32_t{is_held(k)} << k;
  }
  return program->linear_params(log_params, held);
}

}  // namespace isoloss
