#include "host/reading/cells.h"

#include <algorithm>

#include "host/base/memory.h"

namespace isoloss {

std::string_view TextStore::take(std::string bytes) {
  return *blocks_.emplace_back(std::make_unique<std::string>(std::move(bytes)));
}

std::string_view TextStore::keep(std::string_view text) {
  constexpr std::size_t kBlock = 1 << 16;
  if (filled_ == nullptr || filled_->capacity() - filled_->size() < text.size()) {
    filled_ = blocks_.emplace_back(std::make_unique<std::string>()).get();
    filled_->reserve(std::max(kBlock, text.size()));
  }
  filled_->append(text);
  return std::string_view(*filled_).substr(filled_->size() - text.size());
}

void TextStore::take_all(TextStore&& other) {
  for (auto& block : other.blocks_) blocks_.push_back(std::move(block));
  other.filled_ = nullptr;
}

FileCell FileCells::at(std::size_t row, std::size_t column) const {
  const auto other = other_lines_.find({row, column});
  return {text(row, column), other == other_lines_.end() ? line(row) : other->second};
}

void FileCells::reserve(std::size_t num_rows) {
  const std::size_t bytes_a_row = num_columns() * sizeof(std::string_view) + sizeof(std::size_t);
  with_room_for(static_cast<double>(num_rows * bytes_a_row), counted(num_rows, "row"), [&] {
    for (auto& column : columns_) column.reserve(num_rows);
    lines_.reserve(num_rows);
  });
}

void FileCells::add_row(std::size_t line) {
  for (auto& column : columns_) column.emplace_back();
  lines_.push_back(line);
}

void FileCells::add_row(std::span<const FileCell> cells) {
  const std::size_t line = cells.front().line;
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    columns_[k].push_back(cells[k].text);
    if (cells[k].line != line) other_lines_[{num_rows(), k}] = cells[k].line;
  }
  lines_.push_back(line);
}

void FileCells::append(FileCells&& other, const std::vector<std::size_t>& columns) {
  const std::size_t first = num_rows();
  lines_.insert(lines_.end(), other.lines_.begin(), other.lines_.end());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    auto& own = columns_[columns[k]];
    own.insert(own.end(), other.columns_[k].begin(), other.columns_[k].end());
    other.columns_[k] = {};
  }
  for (auto& column : columns_) column.resize(num_rows());
  for (const auto& [place, line] : other.other_lines_)
    other_lines_[{first + place.first, columns[place.second]}] = line;
  texts.take_all(std::move(other.texts));
}

}  // namespace isoloss
