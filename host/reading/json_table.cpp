#include "host/reading/json_table.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/stop.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

// Calls act(i) for every character that is not in a string, until it says true.
std::size_t find_outside_strings(std::string_view text, auto act) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
      continue;
    }
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && act(i)) return i;
  }
  return std::string_view::npos;
}

// Python writes NaN and Infinity, which JSON does not have: empty texts stand for them.
std::string without_nan(std::string_view text) {
  std::string out(text);
  find_outside_strings(text, [&](std::size_t i) {
    for (const std::string_view word : {"-Infinity", "Infinity", "NaN"}) {
      const bool is_begun = word == "Infinity" && i > 0 && text[i - 1] == '-';
      if (!is_begun && text.substr(i).starts_with(word))
        out.replace(i, word.size(), "\"\"" + std::string(word.size() - 2, ' '));
    }
    return false;
  });
  return out;
}

[[noreturn]] void refuse_key(const std::string& path, std::size_t line, const std::string& key) {
  throw InputError(path, line, "", fmt::format("the key {} stands twice in one object", key),
                   "a run has one value of each");
}

// The object; throws InputError if one in it has a key twice.
Json parse_object(std::string_view text, const std::string& path, std::size_t line) {
  std::vector<std::set<std::string>> keys;  // of the objects around, the innermost last
  const auto look = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
      refuse_key(path, line, parsed.get<std::string>());
    return true;
  };
  return Json::parse(without_nan(text), look, false);
}

class Table {
 public:
  explicit Table(const std::string& path) { table_.path = path; }

  void add(const Json& object, std::size_t line) {
    table_.cells.add_row(line);
    add_fields(object, "", line);
  }

  CsvTable take() { return std::move(table_); }

 private:
  void add_fields(const Json& object, const std::string& prefix, std::size_t line) {
    for (const auto& [name, value] : object.items()) {
      const std::string key = prefix + name;
      if (value.is_object()) {
        add_fields(value, key + ".", line);
        continue;
      }
      const auto [found, is_new] = index_.emplace(key, table_.header.size());
      if (!is_new && last_row_[found->second] == table_.num_rows())
        refuse_key(table_.path, line, key);
      if (is_new) {
        table_.header.push_back({key, line});
        table_.cells.add_column();
        last_row_.push_back(0);
      }
      last_row_[found->second] = table_.num_rows();
      table_.cells.set(table_.num_rows() - 1, found->second,
                       table_.cells.texts.keep(text_of(value)));
    }
  }

  static std::string text_of(const Json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
  }

  CsvTable table_;
  std::map<std::string, std::size_t> index_;
  std::vector<std::size_t> last_row_;  // by column: of the last row that has it, from 1
};

[[noreturn]] void refuse_json(const std::string& path, std::size_t line) {
  throw InputError(path, line, "", "no sound JSON", "one object a run: {\"params\": 1e8, ...}");
}

// The end of the object at the front of `text`, behind its last brace; npos for one without end,
// and for one that is nested so deep that no table is in it.
std::size_t end_of_object(std::string_view text) {
  constexpr int kDeepest = 100;
  int depth = 0;
  const std::size_t last = find_outside_strings(text, [&](std::size_t i) {
    depth += text[i] == '{' || text[i] == '[';
    depth -= text[i] == '}' || text[i] == ']';
    return depth > kDeepest || (depth == 0 && text[i] == '}');
  });
  return last == std::string_view::npos || depth > kDeepest ? std::string_view::npos : last + 1;
}

void add_object(Table& table, const Json& object, std::size_t line) {
  const auto history = object.find("log_history");
  if (history == object.end() || !history->is_array()) return table.add(object, line);
  for (const Json& entry : *history)
    if (entry.is_object()) table.add(entry, line);
}

}  // namespace

bool is_json(std::string_view bytes) {
  const std::string_view text = trim(without_mark(bytes));
  return text.starts_with('{') || text.starts_with('[');
}

CsvTable parse_json(std::string_view bytes, const std::string& path) {
  bytes = without_mark(bytes);
  Table table(path);
  std::size_t line = 1;
  const auto skip = [&](std::size_t count) {
    line += line_of(bytes.substr(0, count), count) - 1;
    bytes.remove_prefix(count);
  };
  for (;;) {
    throw_if_stopped();
    const std::size_t begin = bytes.find_first_not_of(" \t\r\n,[]");
    if (begin == std::string_view::npos) break;
    skip(begin);
    const std::size_t end = bytes[0] == '{' ? end_of_object(bytes) : std::string_view::npos;
    if (end == std::string_view::npos) refuse_json(path, line);
    const Json object = parse_object(bytes.substr(0, end), path, line);
    if (object.is_discarded()) refuse_json(path, line);
    add_object(table, object, line);
    skip(end);
  }
  CsvTable out = table.take();
  if (out.num_rows() == 0 || out.header.empty())
    throw InputError(path, 0, "", "the file holds no object", "it needs one a run");
  return out;
}

}  // namespace isoloss
