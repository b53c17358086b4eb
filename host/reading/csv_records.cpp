#include "host/reading/csv_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/base/decimal.h"
#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::string_view kDelimiters = ",\t;|";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t num_words(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    count += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  }
  return count;
}

// Delimiters of one line outside quotes.
std::size_t num_delimiters(std::string_view line, char delimiter) {
  bool quoted = false;
  std::size_t count = 0;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    count += !quoted && c == delimiter;
  }
  return count;
}

// Most fields have no blank at their ends, which are ASCII.
std::string_view trimmed_field(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7F; };
  return text.empty() || (is_plain(text.front()) && is_plain(text.back())) ? text : trim(text);
}

bool is_empty(const std::vector<FileCell>& record) {
  return std::all_of(record.begin(), record.end(),
                     [](const FileCell& own) { return own.text.empty(); });
}

}  // namespace

RecordReader::RecordReader(std::string_view bytes, const std::string& path, TextStore& texts)
    : rest_(bytes), path_(path), texts_(texts) {
  skip_comments();
  delimiter_ = likely_delimiter();
  take_separator_line();
  for (const char c : {delimiter_, '\n', '\r', '"'})
    ends_plain_[static_cast<unsigned char>(c)] = true;
}

std::span<FileCell> RecordReader::next() {
  for (skip_comments(); !rest_.empty(); skip_comments()) {
    take_record();
    if (is_empty(record_)) continue;
    if (num_names_ == 0) num_names_ = record_.size();
    return record_;
  }
  return {};
}

bool RecordReader::at_line_end() const { return rest_.empty() || is_line_end(rest_[0]); }

// The current line from here on, without its end.
std::string_view RecordReader::line() const { return rest_.substr(0, rest_.find_first_of("\r\n")); }

bool RecordReader::at_field_end() const { return at_line_end() || rest_[0] == delimiter_; }

// The delimiter that stands most often outside quotes in the first record.
char RecordReader::likely_delimiter() const {
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : rest_) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (is_line_end(c)) break;
    const std::size_t which = kDelimiters.find(c);
    if (which != std::string_view::npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most == 0 && are_blanks_delimiters()) return ' ';
  return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

// Whether the first two lines have no delimiter but blanks: one column alone is no table of runs.
bool RecordReader::are_blanks_delimiters() const {
  const std::string_view first = line();
  std::string_view rest = rest_.substr(first.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
  const std::string_view second = rest.substr(0, rest.find_first_of("\r\n"));
  return num_words(first) > 1 && num_words(second) > 1 &&
         second.find_first_of(kDelimiters) == std::string_view::npos;
}

void RecordReader::take_separator_line() {
  const std::string_view first = line();
  if (first.size() != 5 || plain_name(first.substr(0, 4)) != "sep=") return;
  if (kDelimiters.find(first[4]) == std::string_view::npos) return;
  delimiter_ = first[4];
  rest_.remove_prefix(first.size());
  take_line_end();
}

void RecordReader::take_line_end() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  ++line_;
}

// As most lines do: a text that is neither blank nor a comment.
bool RecordReader::begins_plainly() const {
  return !rest_.empty() && rest_[0] > ' ' && rest_[0] < 0x7F && rest_[0] != '#';
}

// Blank lines go too, so that the first line with text decides on the delimiter.
void RecordReader::skip_comments() {
  while (!rest_.empty() && !begins_plainly()) {
    const std::string_view text = line();
    if (!trim(text).empty() && !is_comment(text)) return;
    rest_.remove_prefix(text.size());
    take_line_end();
  }
}

// A row may begin with # too: with #N/A of a spreadsheet, or with a label such as #1.
bool RecordReader::is_comment(std::string_view text) const {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (!text.starts_with('#')) return false;
  const char next = text.size() > 1 ? text[1] : ' ';
  if (num_names_ == 0 || next == ' ' || (next == '\t' && delimiter_ != '\t')) return true;
  const std::string_view cell = text.substr(0, text.find(delimiter_));
  if (parse_number(cell).kind == Number::Kind::missing) return false;
  const std::size_t num_fields =
      delimiter_ == ' ' ? num_words(text) : num_delimiters(text, delimiter_) + 1;
  if (num_fields != num_names_) return true;
  throw InputError(path_, line_, "",
                   fmt::format("a comment, or a row that begins with {}?", shown(trim(cell))),
                   "begin a comment with '# ', or quote the field");
}

void RecordReader::skip_spaces() {
  while (rest_.starts_with(' ')) rest_.remove_prefix(1);
}

bool RecordReader::take_plain_record() {
  record_.clear();
  if (delimiter_ == ' ') return false;
  const char* at = rest_.data();
  const char* const end = at + rest_.size();
  for (;;) {
    record_.push_back(scanned(at, end));
    if (at == end || *at != delimiter_) break;
    ++at;
  }
  if (at != end && *at == '"') return false;
  rest_.remove_prefix(static_cast<std::size_t>(at - rest_.data()));
  return true;
}

FileCell RecordReader::scanned(const char*& at, const char* end) const {
  const char* const begin = at;
  ShortDecimal decimal;
  while (at != end && decimal.take(*at)) ++at;
  const bool is_decimal = at == end || ends_plain_[static_cast<unsigned char>(*at)];
  while (at != end && !ends_plain_[static_cast<unsigned char>(*at)]) ++at;
  return {trimmed_field({begin, at}), line_, is_decimal ? decimal.value() : 0};
}

void RecordReader::take_record() {
  is_plain_ = take_plain_record();
  if (is_plain_) return take_line_end();
  record_.clear();
  for (;;) {
    record_.push_back(take_field(record_.size() + 1));
    if (delimiter_ == ' ') skip_spaces();
    if (delimiter_ == ' ' && !at_line_end()) continue;
    if (!rest_.starts_with(delimiter_)) break;
    rest_.remove_prefix(1);
  }
  take_line_end();
}

FileCell RecordReader::take_field(std::size_t position) {
  skip_spaces();
  return rest_.starts_with('"') ? take_quoted(position) : take_plain(position);
}

FileCell RecordReader::take_plain(std::size_t position) {
  const char* at = rest_.data();
  const FileCell cell = scanned(at, at + rest_.size());
  const auto length = static_cast<std::size_t>(at - rest_.data());
  if (rest_.substr(length).starts_with('"')) refuse_quote(position);
  rest_.remove_prefix(length);
  return cell;
}

FileCell RecordReader::take_quoted(std::size_t position) {
  FileCell cell{"", line_, 0};
  const std::string_view opened = line();
  rest_.remove_prefix(1);
  cell.text = trim(take_inside_quotes());
  if (rest_.empty()) {
    throw InputError(path_, cell.line, "",
                     fmt::format("quote opened and never closed: {}", printable(opened)),
                     "close it, or take it away");
  }
  rest_.remove_prefix(1);
  skip_spaces();
  if (!at_field_end()) refuse_quote(position);
  return cell;
}

// Up to the quote that closes: as it stands where nothing in it has to be undone.
std::string_view RecordReader::take_inside_quotes() {
  const std::size_t length = rest_.find_first_of("\"\r\n");
  if (length != std::string_view::npos && rest_[length] == '"' &&
      rest_.substr(length, 2) != "\"\"") {
    const std::string_view text = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return text;
  }
  std::string text;
  while (!rest_.empty() && (rest_[0] != '"' || rest_.starts_with("\"\""))) {
    take_quoted_character(text);
  }
  return texts_.keep(text);
}

// One character inside quotes: a line end becomes LF, a doubled quote one quote.
void RecordReader::take_quoted_character(std::string& text) {
  if (is_line_end(rest_[0])) {
    text += '\n';
    take_line_end();
    return;
  }
  text += rest_[0];
  rest_.remove_prefix(rest_[0] == '"' ? 2 : 1);
}

void RecordReader::refuse_quote(std::size_t position) const {
  throw InputError(path_, line_, "",
                   fmt::format("stray quote in field {}, at {}", position, printable(line())),
                   R"(quote the whole field and double the quotes in it: "say ""hi""")");
}

}  // namespace isoloss
