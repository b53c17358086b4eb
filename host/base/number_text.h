// Numbers as people read them. Reports have five significant digits; JSON has all.

#pragma once

#include <string>

namespace isoloss {

std::string number_text(double x);          // 1.8172, 477.83, 1.2e-05
std::string count_text(double x);           // 57.3M, 1.31T: parameters, tokens; three digits
std::string flops_text(double x);           // 5.76e+23 as 5.76e23; three digits
std::string confidence_text(double share);  // 0.95 as 95%; never 100% of less than all
std::string whole_text(double x);           // 6,738,149,376: a whole number, every digit

}  // namespace isoloss
