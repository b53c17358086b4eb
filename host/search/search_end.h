// Where searches ended, how many of them agree, and searching from many starts.

#pragma once

#include <vector>

#include "fits/search.h"
#include "host/search/problem.h"

namespace isoloss {

// Two ends within this share of an objective are of one basin: a search stops where little is left
// to gain.
inline constexpr double kSameBasin = 1e-4;
// An objective that fell by less, relative, did not.
inline constexpr double kLower = kEqualEnds;

// The kind of starts that the user gives; others are a search's own.
inline constexpr int kGivenStart = 1;

struct SearchEnd {
  Theta theta{};         // search coordinates
  double objective = 0;  // evaluated at theta
  int kind = 0;          // of its start
  int start = 0;         // its number in its list
};

// Ends of a problem, least objective first.
struct SearchEnds {
  std::vector<SearchEnd> ends;
  int num_starts = 0;  // minimised

  // Whether no end is finite.
  bool empty() const;
  const SearchEnd& best() const { return ends.front(); }
  // Ends in the basin of the best.
  int num_agreeing() const;
  // Places in `ends` of the best of each basin, at most num.
  std::vector<std::size_t> distinct(int num) const;
  // Adds and sorts; counts them as starts.
  void add(const std::vector<SearchEnd>& more);
  void sort();
};

// A law on runs, within a box.
struct MinimisedProblem {
  const LawEntry& law;
  const RunsView& runs;
  const Box& box;
  const ResidualLoss& residual_loss;
  int num_threads = 0;  // 0: one a processor
};

// Moves each end to where the minimiser takes it, if that is lower. Throws Interrupted.
//
//   is_near  the asked objective at once; else from least squares on
//   cap      most evaluations of each
void minimise_ends(const MinimisedProblem& problem, bool is_near, int cap,
                   std::vector<SearchEnd>& ends);

// Polishes leading ends where fewer than num_enough agree: searches that stopped before their
// optimum only seem to end in different ones. Throws Interrupted.
void settle_ends(const MinimisedProblem& problem, int num_enough, SearchEnds& found);

}  // namespace isoloss
