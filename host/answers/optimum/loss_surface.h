// A law as a surface over model size and tokens: the loss and its slopes.
//
// The law's graph is written anew with its parameters as inputs, so that rows of one batch are
// parameter vectors (the draws of a bootstrap, each at a point of its own), and with two offsets of
// log N and log D as its parameters, whose exact derivatives are the slopes.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host/base/aligned.h"
#include "host/laws/law_entry.h"

namespace isoloss {

inline constexpr const char* kUniqueTokens = "unique_tokens";
inline constexpr const char* kSyntheticTokens = "synthetic_tokens";  // generated ones among D

// Values of what a law reads besides N, D and C, by column: {kUniqueTokens, 2.5e10}.
using HeldInputs = std::map<std::string, double>;

// Those that the law reads.
HeldInputs held_for(const LawEntry& law, const HeldInputs& held);

// The law made ready; shared by surfaces.
class SurfaceProgram {
 public:
  // flops_per_token_param: C = that * N * D, for laws that read C
  //
  //   throws  InputError, with what to do, if the law predicts no loss, does not read N and D (or N
  //           and C, or D and C), or reads something that is not held; and for a held value that it
  //           does not read or that is out of its range
  SurfaceProgram(const LawEntry& law, const HeldInputs& held, double flops_per_token_param = 6);
  // The same over any two inputs of the law, by their places, which take those of N and D.
  //
  //   throws  InputError if the law predicts no loss or reads something else that is not held
  SurfaceProgram(const LawEntry& law, const HeldInputs& held, int first, int second);

  const Tape& tape() const { return program_->tape(); }
  int num_theta() const { return num_theta_; }
  // Among the inputs of the tape, which are the law's, theta, and N and D where the law has but C.
  int place_of_theta() const { return theta_; }
  int place_of_N() const { return N_; }
  int place_of_D() const { return D_; }
  const std::vector<double>& held() const { return held_; }  // by input; 0 at N and D
  // A held input: where it lies, and whether on a log axis.
  struct HeldPlace {
    int place;
    bool takes_log;
  };
  // Null of what the law does not read.
  const HeldPlace* place_of(const std::string& column) const;

 private:
  // num_inputs: of the tape; flops_per_token_param: 0 where C is an input like another
  void compile(const LawEntry& law, const HeldInputs& held, int num_inputs,
               double flops_per_token_param);

  int num_theta_ = 0;
  int theta_ = 0;
  int N_ = -1, D_ = -1;
  std::map<std::string, HeldPlace> held_places_;
  std::vector<double> held_;
  std::shared_ptr<Program> program_;
};

// log L and its derivatives by log N and log D, one entry a row.
struct Slopes {
  std::vector<double> log_L, by_log_N, by_log_D;
};

// Of what a tape of two parameters computes, its log and the slopes of that by the parameters,
// where they are zero.
//
//   inputs  of the tape, num_padded of each; value and gradient: room for one and two of them
void find_slopes(const Tape& tape, const AlignedDoubles& inputs, std::size_t num_rows,
                 std::size_t num_padded, AlignedDoubles& value, AlignedDoubles& gradient,
                 Slopes& out);

// Rows that are evaluated together. Not shared between threads.
class LossSurface {
 public:
  // thetas: plain units, one a row, [begin, end) of them
  LossSurface(const SurfaceProgram& program, const std::vector<Theta>& thetas, std::size_t begin,
              std::size_t end);

  std::size_t num_rows() const { return num_rows_; }
  // From here on row i has values[i] of a held input instead of the value held.
  void hold(const std::string& column, const std::vector<double>& values);
  // At N = exp(log_N[i]), D = exp(log_D[i]) for row i.
  void evaluate(const std::vector<double>& log_N, const std::vector<double>& log_D, Slopes& out);

 private:
  // An input of the tape, one value a row; lanes behind the last row repeat it.
  void fill(int place, const std::vector<double>& values);

  const SurfaceProgram& program_;
  std::size_t num_rows_, num_padded_;
  AlignedDoubles inputs_, value_, gradient_;
};

}  // namespace isoloss
