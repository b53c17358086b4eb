// What `isoloss explain` says of warnings and statuses.

#pragma once

#include <string>

#include "host/base/warnings.h"
#include "host/report/document.h"

namespace isoloss {

// When a warning is given, with its threshold: "Given where ...".
std::string when_text(const WarningEntry& entry);

// Every name and when it is given.
Document describe_warnings();

// One of them: what it says, when, why it matters and what to do.
Document describe_warning(const WarningEntry& entry);

// That of a name, which may be written with - for _. Throws InputError for a name that is none.
const WarningEntry& warning_called(const std::string& name);

}  // namespace isoloss
