// The runs, starts and known optimum that problem.py wrote, shared by every peer.

#pragma once

#include <array>
#include <string>
#include <vector>

// Order of theta everywhere here.
enum : int { log_E, log_A, log_B, alpha, beta, num_params };
using Theta = std::array<double, num_params>;

struct Run {
  double log_N, log_D, log_L;  // parameters, tokens, nats per token
};

struct Problem {
  double delta = 0;  // of the Huber loss
  double best = 0;   // objective at the global optimum
  std::vector<Run> runs;
  std::vector<Theta> starts;
};

// Throws std::runtime_error if the file cannot be read.
Problem read_problem(const std::string& path);
