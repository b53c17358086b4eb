// Laws of formulas as the tests of formulas make them.

#pragma once

#include <string>
#include <vector>

#include "host/formula/formula_law.h"
#include "tests/catch.h"

namespace isoloss {

using Texts = std::vector<std::string>;

inline constexpr const char* kChinchilla = "L(N, D) = E + A/N^alpha + B/D^beta";
inline constexpr const char* kKaplan = "((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D";

inline FormulaRequest request(const std::string& text) {
  FormulaRequest out;
  out.formula.text = text;
  return out;
}

inline FormulaLaw regression(const std::string& text, const Texts& headers = {"x", "x1", "x2"}) {
  FormulaRequest out = request(text);
  out.log_residual = false;
  out.names.headers = headers;
  out.names.response = std::string("y");
  return make_formula_law(out);
}

inline FormulaLaw law(const std::string& text, const Texts& headers = {}, const Texts& bounds = {},
                      const Texts& starts = {}, const Texts& fixes = {}) {
  FormulaRequest out = request(text);
  out.names.headers = headers;
  out.overrides = parse_overrides(bounds, starts, fixes);
  return make_formula_law(out);
}

inline const FormulaParam& param(const FormulaLaw& law, const std::string& name) {
  for (const FormulaParam& found : law.params)
    if (found.name == name) return found;
  FAIL("no parameter " << name);
  return law.params[0];
}

inline Texts names_of(const std::vector<FormulaParam>& params) {
  Texts out;
  for (const FormulaParam& each : params) out.push_back(each.name);
  return out;
}

inline Texts linear_names(const FormulaLaw& law) {
  Texts out;
  for (const int k : law.linear) out.push_back(law.params[static_cast<std::size_t>(k)].name);
  return out;
}

inline bool is_box(const FormulaParam& param, Scale scale, double lower, double upper) {
  return param.scale == scale && param.bounds.lower == lower && param.bounds.upper == upper;
}

}  // namespace isoloss
