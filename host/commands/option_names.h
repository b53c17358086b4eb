// How the command line spells the options that messages name: ``huber-delta`` is --huber-delta.
// host/base/error.h says how the library writes them.

#pragma once

#include <string>

#include "host/report/document.h"

namespace isoloss {

std::string as_flags(const std::string& text);

// In all of its words; charts name no options.
Document as_flags(Document document);

}  // namespace isoloss
