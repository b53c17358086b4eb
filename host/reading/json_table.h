// JSON -> header and rows of fields: one object a line, a list of objects, or the state that a
// Hugging Face trainer saves.

#pragma once

#include <string>
#include <string_view>

#include "host/reading/csv.h"

namespace isoloss {

// Whether bytes are an object or a list.
bool is_json(std::string_view bytes);

// The header is every name of any object, in order of appearance; what lies in an object of an
// object is called model.n_params. NaN and null are missing cells. Of a trainer's state
// (trainer_state.json) the rows are its log_history.
//
//   throws  InputError, with the line, for what is no JSON and for what holds no object
CsvTable parse_json(std::string_view bytes, const std::string& path);

}  // namespace isoloss
