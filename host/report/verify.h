// Published fits made again, for people, for programs and for services that run tests.

#pragma once

#include <string>
#include <vector>

#include "host/answers/verify/verify.h"
#include "host/report/document.h"

namespace isoloss {

// A section a fit and a row an expectation; the counts last.
Document describe_verification(const Verification& got);

// What was published and what came out: "E at printed: published 2.70, ours 2.6906".
std::string comparison_sentence(const Comparison& comparison);

// Names and titles.
Document describe_published(const std::vector<PublishedFit>& fits);

// One JSON object with a final newline: schema "isoloss/verify", version 1.
std::string verify_json(const Verification& got);

// JUnit XML: a <testsuite> with a <testcase> a published fit; its <failure> lists what differs, its
// <skipped> says why it was not made. The device that was asked for is part of the suite's name, so
// that two of them stand side by side.
std::string verify_junit(const Verification& got);

// A heading with the counts and a row a fit, in Markdown.
std::string verify_summary(const Verification& got);

}  // namespace isoloss
