// The history of a learning rate as a few nodes a step: what the multi-power law reads of it.
//
// The law sums (eta_(k-1) - eta_k) f(log eta_k, log S_k(t)) over all steps k <= t of a run, where
// S_k(t) = eta_k + .. + eta_t, for a smooth f that depends on parameters. For each t asked, the sum
// is replaced by one over few nodes (gap, eta, S): a Gauss rule, along each stretch of steps on
// which the rate falls or rises, in the variable p = log S -+ log(eta) / 2, which is monotone there
// and in which f is analytic. Far stretches are first thinned to four nodes a block, and a tree of
// blocks makes the cost of a node list logarithmic in the steps.

#pragma once

#include <span>
#include <vector>

#include "host/curves/schedule.h"

namespace isoloss {

struct HistoryNode {
  double gap;    // by how much the rate falls there
  double lr;     // the rate after it
  double since;  // rates summed from there to t
};

// Nodes of one step, and the largest error of the sum they leave, by how much of the peak rate,
// over trial parameters of the law: errors of the loss are about a tenth of that.
struct History {
  std::vector<HistoryNode> nodes;
  double error = 0;
};

// One schedule, asked for many steps. A fall to a rate of 0 is no gap, for the law knows no
// logarithm of 0; it adds nothing to the sum while the rate stays there.
class HistoryTree {
 public:
  // cost  some 100 operations a step
  explicit HistoryTree(const Rates& rates);

  // At most `most_nodes` nodes for t = step, which must be one of the rates'.
  // cost  some 100,000 operations
  History at(long step, int most_nodes) const;

  // All gaps up to the step: what at() approximates.
  std::vector<HistoryNode> exact(long step) const;

 private:
  struct Point {    // a step whose rate differs from the one before it, or what stands for several
    double before;  // rates summed over the steps before it
    double gap;     // > 0: size of the change
    double log_lr;
  };
  struct Block {
    std::vector<Point> points;
    std::size_t begin, end;  // in the points of the stretch
    int left = -1, right = -1;
  };
  struct Stretch {
    double sign = 1;            // of the gaps: 1 where the rate falls, -1 where it rises
    std::vector<Point> points;  // one a step
    std::vector<long> steps;
    std::vector<Block> blocks;  // the last one is the whole
  };
  struct Candidates;

  void split(const Rates& rates);
  static int build(Stretch& stretch, std::size_t begin, std::size_t end);
  static std::vector<Point> thinned(const Stretch& stretch, const Block& block);
  // Log of the rate where a variable that falls from point to point has a value: a cubic in it
  // through the four points around, kept between the two beside it.
  template <class Variable>
  static double log_lr_at(std::span<const Point> points, const Variable& variable, double value);
  Candidates candidates(const Stretch& stretch, long step) const;

  std::vector<double> sum_;  // over the steps up to and with this one
  double peak_ = 0;
  std::vector<Stretch> stretches_;
};

}  // namespace isoloss
