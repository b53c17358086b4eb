// A law as data: what the rest of the program knows of it, built in or written by a user.
//
// Search coordinates: during a search the logs of some inputs are relative to their mean
// ("centred"), which takes the condition number of the Hessian from 4e6 to 4e3 on figure 4 of
// Hoffmann et al., and so is that of the response; parameters with a unit shift accordingly. Boxes
// and starts in search coordinates so hold for data of any unit. Parameters shown to a user are in
// plain units.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fits/law.h"
#include "host/formula/param_defaults.h"
#include "host/formula/param_sizes.h"
#include "host/formula/program.h"
#include "host/simd/solver.h"

namespace isoloss {

// Logs that are taken off: by Input, 0 where an input is not centred, and off the response.
using Centre = std::array<double, kNumInputs + 1>;
inline constexpr std::size_t kResponse = kNumInputs;

// Compute-optimal point of a law at fixed compute, see fits/optimum.h.
struct OptimalPoint {
  double log_N = 0;
  double log_D = 0;
  double log_loss = 0;
  double N_exponent = 0;  // N_opt ~ C^N_exponent at this C
  bool interior = false;  // false: the loss keeps falling towards N or D = 0
};

struct LawParam {
  std::string name;
  std::string meaning;
  Scale scale = Scale::linear;
  Bounds bounds{};              // search coordinates
  Grid starts{};                // the same: the published grid
  StartRange range{};           // the same: where random starts are drawn
  std::optional<double> start;  // the same: where the user has the search begin
  // Ends of the box in LawEntry that are the user's, not the law's or the program's own.
  bool lower_is_users = false;
  bool upper_is_users = false;
  // The search went beyond the program's own bounds, which were these: "b=0:3".
  bool is_widened = false;
  std::string default_bound{};
};

// By a parameter's name, as it is shown; an infinite end is left as it is.
using ShownBounds = std::map<std::string, std::pair<double, double>>;

struct LawInput {
  std::string symbol;
  std::string column;  // of a file
  std::string meaning;
  Axis axis = Axis::linear;
  int table = -1;  // its Input, or -1: a column that only this law knows

  // A node of a learning rate's history, which no report lists.
  bool is_history() const { return table >= kNumInputs; }
};

// A law's program, made when it is first asked for.
class LazyProgram {
 public:
  using Trace = std::function<NodeId(Graph&)>;
  // write: adds the law's prediction to a graph.
  LazyProgram(Trace write, int num_params, int num_inputs)
      : write_(std::move(write)), num_params_(num_params), num_inputs_(num_inputs) {}

  // Thread-safe. Throws InputError if the law's derivatives are too large.
  Program& get();
  // Of the tape's f, see host/formula/linear_params.h; found once for each set that is left out.
  std::vector<int> linear_params(std::uint32_t log_params, std::uint32_t left_out);

 private:
  Trace write_;
  int num_params_ = 0;
  int num_inputs_ = 0;
  std::once_flag made_;
  std::unique_ptr<Program> program_;
  std::mutex finding_linear_;
  std::map<std::uint32_t, std::vector<int>> linear_;  // by what is left out
};

struct LawEntry {
  std::string name;
  std::string formula;
  std::string source;
  std::string response = "loss";  // the column it predicts
  std::vector<LawParam> params;
  std::vector<LawInput> inputs;
  std::vector<Term> terms;  // empty: not a sum of terms
  std::vector<Shift> shifts;
  std::optional<Breaks> breaks;                // of a broken power
  std::vector<ResponseShift> response_shifts;  // of a sum of terms: its weights
  bool closed_optimum = false;
  // Compared with the log of the response, or with the response itself in units of `unit`, a power
  // of two that brings it near one.
  bool log_residual = true;
  double unit = 1;
  Box box{};  // the law's own, narrowed by the user; for every search that has no other
  bool is_overridden = false;  // the user held, bounded or started a parameter
  bool may_centre = true;      // false: a parameter that moves with a centre is held or bounded
  bool may_centre_response = true;  // the same of the response's centre
  // Of a formula: what its parameters' sizes are where these are the inputs'. Else null.
  std::function<std::vector<LogSizes>(const DataSizes&)> param_sizes;
  // Of a formula: the same with other bounds, which count as the program's own, where the user has
  // none. Else null.
  std::function<LawEntry(const ShownBounds&)> with_bounds;
  LazyProgram::Trace log_prediction;  // adds the log of the law's prediction to a graph
  LazyProgram::Trace prediction;      // adds the prediction itself
  std::shared_ptr<LazyProgram> program;
  // Of the compiled law, for N D = exp(log_ND) and plain units; empty unless it reads N and D
  // alone.
  std::function<OptimalPoint(const double* theta, double log_ND)> optimum;
  // Code of the law's own, by SimdLevel, if it has terms; null where the build has none.
  std::array<LawKernels, 3> kernel_table{};

  int num_params() const { return static_cast<int>(params.size()); }
  int num_inputs() const { return static_cast<int>(inputs.size()); }
  bool is_log(int k) const { return params[static_cast<std::size_t>(k)].scale == Scale::log; }
  bool is_held(int k) const { return box.bounds[k].lower == box.bounds[k].upper; }
  bool reads(Input input) const { return place_of(input) >= 0; }
  bool reads(std::string_view column) const;
  int num_free() const;
  std::vector<std::string> param_names() const;
  // Columns of what it reads, but for the history of a learning rate.
  std::vector<std::string> input_columns() const;
  // What a report shows for theta[k].
  double shown(int k, double theta_k) const;
  Theta to_search(Theta theta, const Centre& centre) const;
  Theta from_search(Theta theta, const Centre& centre) const;
  // Whether the logs of an input are taken relative to their mean: if the law says how it shifts.
  bool is_centred(const LawInput& input) const;
  // Whether the log of the response is taken relative to its mean, or to its unit where the law is
  // compared with the response itself.
  bool centres_response() const;
  // How theta[k] moves with the response's centre; null if it does not.
  const ResponseShift* response_shift(int k) const;
  // What the tape's f is in units of, at plain theta.
  double tape_unit() const { return centres_response() ? 1 : unit; }
  // Inputs whose unit a parameter is made of: centring one moves what the parameter's theta means.
  std::vector<Input> unit_inputs(int k) const;
  // Whether a parameter is made of the input's unit.
  bool moves_with(Input input) const;
  // Place of an input among the law's; -1 if it does not read it.
  int place_of(Input input) const;

  const Solver& solver() const { return solver_for(num_params()); }
  const Tape& tape() const { return program->get().tape(); }
  // A law of terms and log residuals has kernels of its own.
  bool has_own_kernels() const { return kernel_table[0].evaluate != nullptr && log_residual; }
  LawKernels kernels(SimdLevel level) const;
  // The prediction for one run, in the response's terms: theta in plain units, inputs as the law
  // sees them (logs of those on a log axis).
  double predict(const Theta& theta, std::span<const double> inputs) const;

  // The same law compared with the response itself, or with its log; unit as above.
  LawEntry with_linear_residual(double unit) const;
  LawEntry with_log_residual() const;
  // Parameters, free ones, that the tape's f is linear in, on the scale that is shown.
  std::vector<int> linear_params() const;
};

}  // namespace isoloss
