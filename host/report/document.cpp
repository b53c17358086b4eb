#include "host/report/document.h"

#include <algorithm>

namespace isoloss {

TableColumn fixed(std::string title, std::size_t width, std::size_t gap) {
  TableColumn out{std::move(title)};
  out.width = width;
  out.gap = gap;
  return out;
}

TableColumn right(TableColumn column) {
  column.is_right = true;
  return column;
}

TableColumn optional(TableColumn column) {
  column.is_optional = true;
  return column;
}

TableColumn placed(TableColumn column, Place place) {
  column.place = place;
  return column;
}

TableColumn untitled(std::string name, std::size_t width, std::size_t gap) {
  TableColumn out = fixed("", width, gap);
  out.untitled = std::move(name);
  return out;
}

std::string title_of(const TableColumn& column) {
  std::string out = column.title.empty() ? column.untitled : column.title;
  std::string whole;  // a word that is divided between lines is one again
  for (const char c : out)
    if (c != '\n')
      whole += c;
    else if (!whole.ends_with('-'))
      whole += ' ';
  return whole;
}

Warnings warnings_of(const Document& document) {
  Warnings out;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (const auto* own = std::get_if<Warnings>(&block)) {
        if (!own->status.empty()) out.status = own->status;
        out.warnings.insert(out.warnings.end(), own->warnings.begin(), own->warnings.end());
      }
  return out;
}

}  // namespace isoloss
