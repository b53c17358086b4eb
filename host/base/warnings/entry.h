// One row of the table of warnings: host/base/warnings.h.

#pragma once

#include <string_view>

namespace isoloss {

//   name       stable: stands in JSON and behind every warning, and is what `isoloss explain` takes
//   sentence   what is printed, as a pattern of fmt: the numbers of the case and its advice go in
//   when       it is given, behind "given if"; {} stands for the threshold
//   why        behind "matters as"
//   advice     what to do about it
//   threshold  beyond which it is given; 0 where no number decides
//   is_note    it only says how something was read, where nothing need be wrong
struct WarningEntry {
  std::string_view name, sentence, when, why, advice;
  double threshold = 0;
  bool is_note = false;
};

}  // namespace isoloss
