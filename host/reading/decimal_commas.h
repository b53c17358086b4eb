// Decimal commas, as spreadsheets of many languages write them.

#pragma once

#include "host/reading/csv.h"

namespace isoloss {

// Makes points of the decimal commas of a table whose fields no comma divides: 3,14 and 1.234,5.
// Where every comma of the file may as well divide thousands (3,438) nothing is changed, and a
// number like that is refused when it is read.
//
//   throws  InputError for a number like 1.234 in a file that has decimal commas: it may be 1234
void undo_decimal_commas(CsvTable& table);

}  // namespace isoloss
