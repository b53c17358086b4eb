// Published fits made again, as services that run tests read them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/answers/verify/verify.h"

namespace isoloss {

// JUnit XML: a <testsuite> with a <testcase> a published fit; its <failure> lists what differs, its
// <skipped> says why it was not made.
//
//   device  that was asked for: part of the suite's name, so that two of them stand side by side
std::string verify_junit(const std::vector<Verdict>& verdicts, std::string_view device);

// A heading with the counts and a row a fit, in Markdown.
std::string verify_summary(const std::vector<Verdict>& verdicts, std::string_view device);

}  // namespace isoloss
