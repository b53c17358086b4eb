// How an answer is cited.

#pragma once

#include <string>

#include "host/report/document.h"

namespace isoloss {

// The answer, by which program and how, in one sentence for a paper.
std::string paper_sentence(const Document& document);

// BibTeX of the program and of each preprint of arXiv that the methods name.
std::string bibtex(const Document& document);

}  // namespace isoloss
