// The blocks of a section, for the formats that render each by itself.

#pragma once

#include <string>
#include <variant>

#include "host/report/document.h"

namespace isoloss {

// render(block): its text, or nothing. An empty line stands before each that has text.
template <class Render>
std::string blocks_text(const Section& section, Render&& render) {
  std::string out;
  for (const Block& block : section.blocks) {
    const std::string text = std::visit(render, block);
    if (!text.empty()) out += "\n" + text;
  }
  return out;
}

}  // namespace isoloss
