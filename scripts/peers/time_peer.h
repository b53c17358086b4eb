// Times a peer and prints its JSON line; see README.md.

#pragma once

#include <functional>
#include <string>

#include "problem.h"

// Fits from every start; only the fits are timed. All are judged by the same scalar objective.
void time_peer(const Problem& problem, const std::string& name,
               const std::function<void(Theta&)>& fit);
