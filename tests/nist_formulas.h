// The models of NIST's Statistical Reference Datasets for nonlinear regression, which are in the
// public domain: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml.

#pragma once

#include <string>
#include <vector>

namespace isoloss {

struct NistFormula {
  const char* name;
  const char* formula;  // powers with **
  const char* with_caret;
  int num_params;
  std::vector<std::string> linear;  // parameters in which it is jointly linear
};

// clang-format off
inline const std::vector<NistFormula>& nist_formulas() {
  static const std::vector<NistFormula> formulas{
      {"Misra1a",
       "b1*(1-exp(-b2*x))",
       "b1*(1-exp(-b2*x))",
       2, {"b1"}},
      {"Chwirut2",
       "exp(-b1*x)/(b2+b3*x)",
       "exp(-b1*x)/(b2+b3*x)",
       3, {}},
      {"Chwirut1",
       "exp(-b1*x)/(b2+b3*x)",
       "exp(-b1*x)/(b2+b3*x)",
       3, {}},
      {"Lanczos3",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       6, {"b1", "b3", "b5"}},
      {"Gauss1",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)**2/b5**2) + b6*exp(-(x-b7)**2/b8**2)",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)^2/b5^2) + b6*exp(-(x-b7)^2/b8^2)",
       8, {"b1", "b3", "b6"}},
      {"Gauss2",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)**2/b5**2) + b6*exp(-(x-b7)**2/b8**2)",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)^2/b5^2) + b6*exp(-(x-b7)^2/b8^2)",
       8, {"b1", "b3", "b6"}},
      {"DanWood",
       "b1*x**b2",
       "b1*x^b2",
       2, {"b1"}},
      {"Misra1b",
       "b1*(1-(1+b2*x/2)**(-2))",
       "b1*(1-(1+b2*x/2)^(-2))",
       2, {"b1"}},
      {"Kirby2",
       "(b1+b2*x+b3*x**2)/(1+b4*x+b5*x**2)",
       "(b1+b2*x+b3*x^2)/(1+b4*x+b5*x^2)",
       5, {"b1", "b2", "b3"}},
      {"Hahn1",
       "(b1+b2*x+b3*x**2+b4*x**3)/(1+b5*x+b6*x**2+b7*x**3)",
       "(b1+b2*x+b3*x^2+b4*x^3)/(1+b5*x+b6*x^2+b7*x^3)",
       7, {"b1", "b2", "b3", "b4"}},
      {"Nelson",
       "b1-b2*x1*exp(-b3*x2)",
       "b1-b2*x1*exp(-b3*x2)",
       3, {"b1", "b2"}},
      {"MGH17",
       "b1+b2*exp(-x*b4)+b3*exp(-x*b5)",
       "b1+b2*exp(-x*b4)+b3*exp(-x*b5)",
       5, {"b1", "b2", "b3"}},
      {"Lanczos1",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       6, {"b1", "b3", "b5"}},
      {"Lanczos2",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)",
       6, {"b1", "b3", "b5"}},
      {"Gauss3",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)**2/b5**2) + b6*exp(-(x-b7)**2/b8**2)",
       "b1*exp(-b2*x) + b3*exp(-(x-b4)^2/b5^2) + b6*exp(-(x-b7)^2/b8^2)",
       8, {"b1", "b3", "b6"}},
      {"Misra1c",
       "b1*(1-(1+2*b2*x)**(-0.5))",
       "b1*(1-(1+2*b2*x)^(-0.5))",
       2, {"b1"}},
      {"Misra1d",
       "b1*b2*x*((1+b2*x)**(-1))",
       "b1*b2*x*((1+b2*x)^(-1))",
       2, {"b1"}},
      {"Roszman1",
       "b1-b2*x-atan(b3/(x-b4))/pi",
       "b1-b2*x-atan(b3/(x-b4))/pi",
       4, {"b1", "b2"}},
      {"ENSO",
       "b1+b2*cos(2*pi*x/12)+b3*sin(2*pi*x/12)+b5*cos(2*pi*x/b4)+b6*sin(2*pi*x/b4)+b8*cos(2*pi*x/b7)+b9*sin(2*pi*x/b7)",
       "b1+b2*cos(2*pi*x/12)+b3*sin(2*pi*x/12)+b5*cos(2*pi*x/b4)+b6*sin(2*pi*x/b4)+b8*cos(2*pi*x/b7)+b9*sin(2*pi*x/b7)",
       9, {"b1", "b2", "b3", "b5", "b6", "b8", "b9"}},
      {"MGH09",
       "b1*(x**2+x*b2)/(x**2+x*b3+b4)",
       "b1*(x^2+x*b2)/(x^2+x*b3+b4)",
       4, {"b1"}},
      {"Thurber",
       "(b1+b2*x+b3*x**2+b4*x**3)/(1+b5*x+b6*x**2+b7*x**3)",
       "(b1+b2*x+b3*x^2+b4*x^3)/(1+b5*x+b6*x^2+b7*x^3)",
       7, {"b1", "b2", "b3", "b4"}},
      {"BoxBOD",
       "b1*(1-exp(-b2*x))",
       "b1*(1-exp(-b2*x))",
       2, {"b1"}},
      {"Rat42",
       "b1/(1+exp(b2-b3*x))",
       "b1/(1+exp(b2-b3*x))",
       3, {"b1"}},
      {"MGH10",
       "b1*exp(b2/(x+b3))",
       "b1*exp(b2/(x+b3))",
       3, {"b1"}},
      {"Eckerle4",
       "(b1/b2)*exp(-0.5*((x-b3)/b2)**2)",
       "(b1/b2)*exp(-0.5*((x-b3)/b2)^2)",
       3, {"b1"}},
      {"Rat43",
       "b1/((1+exp(b2-b3*x))**(1/b4))",
       "b1/((1+exp(b2-b3*x))^(1/b4))",
       4, {"b1"}},
      {"Bennett5",
       "b1*(b2+x)**(-1/b3)",
       "b1*(b2+x)^(-1/b3)",
       3, {"b1"}},
  };
  return formulas;
}
// clang-format on

}  // namespace isoloss
