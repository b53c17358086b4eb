// The laws of the program as documents.

#pragma once

#include "host/laws/law_entry.h"
#include "host/report/document.h"

namespace isoloss {

// All of them, a row each.
Document describe_laws();
// One: source, inputs, parameters.
Document describe_law(const LawEntry& law);

}  // namespace isoloss
