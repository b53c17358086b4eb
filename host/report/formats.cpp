#include "host/report/render.h"

namespace isoloss {
namespace {

std::string text(const Document& document) { return as_text(document); }
std::string csv(const Document& document) { return as_csv(document); }

}  // namespace

std::span<const Format> formats() {
  static constexpr Format kFormats[] = {
      {"text", text, true},
      {"markdown", as_markdown, true},
      {"latex", as_latex, true},
      {"csv", csv, false},
  };
  return kFormats;
}

}  // namespace isoloss
