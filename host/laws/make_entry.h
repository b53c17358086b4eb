// From the type of a law to its entry.

#pragma once

#include "fits/dual_functions.h"
#include "fits/optimum.h"
#include "host/formula/symbol.h"
#include "host/laws/law_entry.h"

namespace isoloss {

// log_loss of law L, written down in the graph.
template <class L>
NodeId trace_law(Graph& graph) {
  const GraphScope scope(graph);
  Symbol theta[L::num_params];
  for (int k = 0; k < L::num_params; ++k) theta[k] = Symbol::of(graph.param(k));
  Run<L, Symbol> run;
  for (std::size_t k = 0; k < L::inputs.size(); ++k)
    run.value[k] = Symbol::of(graph.input(static_cast<int>(k)));
  return L::log_loss(theta, run).id;
}

template <class L>
constexpr bool reads_only_N_and_D() {
  if (L::inputs.size() != 2) return false;
  return L::inputs[0] == Input::N && L::inputs[1] == Input::D;
}

template <Law L>
LawEntry make_entry() {
  LawEntry entry;
  entry.name = L::name;
  entry.formula = L::formula;
  entry.source = L::source;
  if constexpr (HasResponse<L>) entry.response = L::response;
  for (const Param& param : L::params) {
    const std::size_t k = entry.params.size();
    entry.params.push_back({std::string(param.name),
                            std::string(param.meaning),
                            param.scale,
                            param.bounds,
                            param.starts,
                            {param.starts.first, param.starts.last},
                            {}});
    entry.box.bounds[k] = param.bounds;
    entry.box.is_log[k] = param.scale == Scale::log;
  }
  for (const Input input : L::inputs) {
    const InputInfo& info = info_of(input);
    entry.inputs.push_back({std::string(info.symbol), std::string(info.column),
                            std::string(info.meaning), info.axis, static_cast<int>(input)});
  }
  if constexpr (HasTerms<L>) entry.terms.assign(L::terms.begin(), L::terms.end());
  if constexpr (HasShifts<L>) entry.shifts.assign(L::shifts.begin(), L::shifts.end());
  if constexpr (HasBreaks<L>) entry.breaks = L::breaks;
  if constexpr (HasResponseShifts<L>)
    entry.response_shifts.assign(L::response_shifts.begin(), L::response_shifts.end());
  for (const Term& term : entry.terms) entry.response_shifts.push_back({term.weight});
  entry.closed_optimum = HasClosedOptimum<L>;
  entry.log_prediction = trace_law<L>;
  entry.prediction = [](Graph& graph) { return graph.make(Op::exp, trace_law<L>(graph)); };
  entry.program =
      std::make_shared<LazyProgram>(entry.log_prediction, entry.num_params(), entry.num_inputs());
  if constexpr (reads_only_N_and_D<L>())
    entry.optimum = [](const double* theta, double log_ND) {
      const Optimum<double> best = optimum<L>(theta, log_ND);
      return OptimalPoint{best.log_N, best.log_D, best.log_loss, best.N_exponent, best.interior};
    };
  if constexpr (HasTerms<L>) {
    entry.kernel_table[0] = law_kernels<L, SimdLevel::portable>();
#if defined(__x86_64__)
    entry.kernel_table[1] = law_kernels<L, SimdLevel::avx2>();
    entry.kernel_table[2] = law_kernels<L, SimdLevel::avx512>();
#endif
  }
  return entry;
}

}  // namespace isoloss
