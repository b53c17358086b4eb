#include "host/report/ink.h"

namespace isoloss {
namespace {

// Of ECMA-48: bold, yellow, red.
const char* ansi_code(Ink ink) {
  switch (ink) {
    case Ink::heading:
      return "1";
    case Ink::warning:
      return "33";
    case Ink::fault:
      return "31";
  }
  return "0";
}

}  // namespace

std::string inked(const std::string& text, Ink ink, const Terminal& on) {
  if (!on.has_colour || text.empty()) return text;
  return std::string("\x1B[") + ansi_code(ink) + "m" + text + "\x1B[0m";
}

}  // namespace isoloss
