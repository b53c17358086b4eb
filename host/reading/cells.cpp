#include "host/reading/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/memory.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

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

std::string_view FileCells::text(std::size_t row, std::size_t column) const {
  const Column& own = columns_[column];
  if (!own.is_numeric) return own.texts[row];
  if (!records_.empty()) return record_text(row, column);
  return texts.keep(fmt::format("{}", own.numbers[row]));
}

std::string_view FileCells::record_text(std::size_t row, std::size_t column) const {
  const auto begin = static_cast<std::size_t>(records_[row] - bytes_.data());
  std::string_view rest = bytes_.substr(begin);
  for (std::size_t k = 0; k < column; ++k) rest.remove_prefix(rest.find(delimiter_) + 1);
  const char ends[] = {delimiter_, '\n', '\r'};
  return trim(rest.substr(0, rest.find_first_of({ends, sizeof ends})));
}

FileCell FileCells::at(std::size_t row, std::size_t column) const {
  const auto other = other_lines_.find({row, column});
  return {text(row, column), other == other_lines_.end() ? line(row) : other->second};
}

void FileCells::reserve(std::size_t num_rows) {
  const std::size_t bytes_a_row = (num_columns() + 1) * sizeof(double) + sizeof(std::size_t);
  with_room_for(static_cast<double>(num_rows * bytes_a_row), counted(num_rows, "row"), [&] {
    for (Column& column : columns_) {
      if (column.is_numeric) column.numbers.reserve(num_rows);
      if (!column.is_numeric) column.texts.reserve(num_rows);
    }
    records_.reserve(num_rows);
    lines_.reserve(num_rows);
  });
}

void FileCells::add_column(std::vector<double> numbers) {
  columns_.push_back({true, std::move(numbers), {}});
}

void FileCells::add_record_columns(std::size_t num, std::string_view text, char delimiter) {
  bytes_ = text;
  delimiter_ = delimiter;
  columns_.resize(columns_.size() + num, {true, {}, {}});
}

void FileCells::add_row(std::size_t line) {
  for (Column& column : columns_) column.texts.emplace_back();
  lines_.push_back(line);
}

void FileCells::add_row(std::span<const FileCell> cells, bool is_plain) {
  if (!is_plain) use_texts();
  const std::size_t line = cells.front().line;
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    const FileCell& cell = cells[k];
    if (columns_[k].is_numeric) {
      const double number = cell.number != 0 ? cell.number : plain_number(cell.text);
      if (number != 0) {
        columns_[k].numbers.push_back(number);
        continue;
      }
      use_texts(k);
    }
    columns_[k].texts.push_back(cell.text);
    if (cell.line != line) other_lines_[{num_rows(), k}] = cell.line;
  }
  records_.push_back(cells.front().text.data());
  lines_.push_back(line);
}

void FileCells::set(std::size_t row, std::size_t column, std::string_view text) {
  if (columns_[column].is_numeric) use_texts(column);
  columns_[column].texts[row] = text;
}

void FileCells::use_texts(std::size_t column) {
  Column& own = columns_[column];
  std::vector<std::string_view> own_texts;
  own_texts.reserve(own.numbers.capacity());
  for (std::size_t row = 0; row < own.numbers.size(); ++row) own_texts.push_back(text(row, column));
  own = {false, {}, std::move(own_texts)};
}

void FileCells::use_texts() {
  for (std::size_t k = 0; k < columns_.size(); ++k)
    if (columns_[k].is_numeric) use_texts(k);
}

void FileCells::append(FileCells&& other, const std::vector<std::size_t>& columns) {
  const std::size_t first = num_rows();
  use_texts();
  other.use_texts();
  lines_.insert(lines_.end(), other.lines_.begin(), other.lines_.end());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    auto& own = columns_[columns[k]].texts;
    own.insert(own.end(), other.columns_[k].texts.begin(), other.columns_[k].texts.end());
    other.columns_[k] = {};
  }
  for (Column& column : columns_) column.texts.resize(num_rows());
  for (const auto& [place, line] : other.other_lines_)
    other_lines_[{first + place.first, columns[place.second]}] = line;
  texts.take_all(std::move(other.texts));
}

}  // namespace isoloss
