#include "host/report/render.h"

namespace isoloss {
namespace {

// The same wherever it is shown.
template <std::string (*render)(const Document& document)>
std::string anywhere(const Document& document, const Terminal&) {
  return render(document);
}

}  // namespace

std::span<const Format> formats() {
  static constexpr Format kFormats[] = {
      {"text", as_text, true},
      {"markdown", anywhere<as_markdown>, true},
      {"latex", anywhere<as_latex>, true},
      {"csv", anywhere<as_csv>, false},
  };
  return kFormats;
}

}  // namespace isoloss
