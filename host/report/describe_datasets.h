// The data sets of the program as documents.

#pragma once

#include "host/reading/data_sets.h"
#include "host/report/document.h"

namespace isoloss {

// All of them, a row each.
Document describe_data_sets();
// One, and where its table lies.
Document describe_data_set(const DataSet& data);

}  // namespace isoloss
