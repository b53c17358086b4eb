// Published fits made again, for people and for programs.

#pragma once

#include <string>
#include <vector>

#include "host/answers/verify/verify.h"

namespace isoloss {

// A block a fit and a line an expectation, at most 100 columns wide; the counts last.
std::string verify_text(const std::vector<Verdict>& verdicts);

// What was published and what came out: "E at printed: published 2.70, ours 2.6906".
std::string comparison_sentence(const Comparison& comparison);

// Names and titles.
std::string published_list(const std::vector<PublishedFit>& fits);

// One JSON object with a final newline: schema "isoloss/verify", version 1.
std::string verify_json(const std::vector<Verdict>& verdicts);

}  // namespace isoloss
