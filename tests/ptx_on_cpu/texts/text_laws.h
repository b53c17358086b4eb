// The laws whose tapes the tests run as texts: those of the registry that are tapes, and formulas.

#pragma once

#include <string>
#include <string_view>

#include "host/laws/law_choice.h"
#include "host/laws/registry.h"

namespace isoloss {

struct TextFormula {
  const char* name;
  const char* formula;
  bool log_residual = true;
};

// Beside an ordinary one, some that have every operation of a tape, or are made to break: numbers
// beyond a double, logs of what is negative, division by zero, bends, as the response is or by its
// log. CMake reads the names.
inline constexpr TextFormula kTextFormulas[] = {
    {"formula_chinchilla", "E + A/N^alpha + B/D^beta"},
    {"formula_line", "a + b*log(N)", false},
    {"formula_bends", "max(a, b*log(N/1e8)) + min(c, abs(d - log10(D))) + 2"},
    {"formula_waves", "2 + sin(a*log(N))*cos(b*log(D)) + c*atan(d*log(N/D)) - tanh(a)", false},
    {"formula_steps", "E + expm1(-a*N/1e9) + sigmoid(b*log(D/1e10)) + log1p(c*D/1e9)"},
    {"formula_overflow", "E + exp(a*N) + log(b - N) + 1/(c*N) + sqrt(d - D)"},
    {"formula_constant", "E + 0*N", false},
    {"formula_wide",
     "E + A/N^a + B/D^b + C/(N*D)^c + F*log(N)^2 + G*log(D)^2 + H*sin(log(N)) + K*N/D"},
};

inline LawEntry text_law(std::string_view name) {
  for (const TextFormula& row : kTextFormulas) {
    if (row.name != name) continue;
    LawRequest request;
    request.text = row.formula;
    request.log_residual = row.log_residual;
    if (!row.log_residual) request.response = "loss";
    return choose_law(request, {});
  }
  return find_law(name);
}

}  // namespace isoloss
