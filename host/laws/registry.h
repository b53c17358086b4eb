// The laws of fits/laws/ as rows of tables and function pointers. Templates stop here: no other
// file of host/ names a law's type.

#pragma once

#include <string_view>
#include <vector>

#include "host/laws/law_entry.h"

namespace isoloss {

// Every law of fits/laws/, by name.
const std::vector<LawEntry>& all_laws();

// Throws InputError that lists the laws if there is none of that name.
const LawEntry& find_law(std::string_view name);

}  // namespace isoloss
