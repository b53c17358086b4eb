#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "host/base/checksum.h"
#include "host/base/error.h"
#include "host/base/shard.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "isoloss/shard";
constexpr int kVersion = 2;
constexpr std::size_t kChecksumBytes = 16;

std::string checksum_of_bytes(std::string_view bytes) {
  Checksum sum;
  sum.add(bytes);
  return sum.text();
}

[[noreturn]] void fail(const std::string& path, const std::string& message,
                       const std::string& hint) {
  throw InputError(path, 0, "", message, hint);
}

Json head_of(std::string_view line, const std::string& path) {
  Json head = Json::parse(line, nullptr, false);
  if (!head.is_object() || !head.contains("schema") || head["schema"] != kSchema)
    fail(path, "not a shard of isoloss",
         "write one with isoloss fit RUNS.csv ``part`` 1/2 ``shard`` FILE");
  if (!head.contains("schema_version") || head["schema_version"] != kVersion)
    fail(path, "a shard of another version of isoloss", "make all shards with one version");
  return head;
}

// From 0 to `most`.
int whole_number(const Json& head, const char* key, int most, const std::string& path) {
  const Json& own = head.at(key);
  if (!own.is_number_integer() || own < 0 || own > most) refuse_damaged_shard(path);
  return own.get<int>();
}

Shard shard_of_head(const Json& head, const std::string& path) {
  Shard out;
  out.command = head.at("command");
  out.items = head.at("items");
  out.checksum = head.at("checksum");
  constexpr int kMost = std::numeric_limits<int>::max();
  out.range = {whole_number(head, "first", kMost, path), whole_number(head, "num", kMost, path)};
  out.num_items = whole_number(head, "num_items", kMost, path);
  out.num_parts = whole_number(head, "num_parts", kMostParts, path);
  out.words = head.at("words").get<std::vector<std::string>>();
  return out;
}

bool is_possible(const Shard& shard) {
  const ItemRange& range = shard.range;
  return range.num <= shard.num_items - range.first;
}

}  // namespace

std::string shard_bytes(const Shard& shard) {
  const Json head{{"schema", kSchema},
                  {"schema_version", kVersion},
                  {"isoloss_version", ISOLOSS_VERSION},
                  {"command", shard.command},
                  {"items", shard.items},
                  {"checksum", shard.checksum},
                  {"first", shard.range.first},
                  {"num", shard.range.num},
                  {"num_items", shard.num_items},
                  {"num_parts", shard.num_parts},
                  {"words", shard.words}};
  std::string out = head.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  out.reserve(out.size() + shard.records.size() + kChecksumBytes);
  out += shard.records;
  out += checksum_of_bytes(out);
  return out;
}

Shard parse_shard(std::string bytes, const std::string& path) {
  const std::string_view all = bytes;
  const std::size_t line = all.find('\n');
  const Json head = head_of(all.substr(0, line), path);
  if (line == all.npos || all.size() < line + 1 + kChecksumBytes) refuse_damaged_shard(path);
  const std::string_view held = all.substr(0, all.size() - kChecksumBytes);
  if (checksum_of_bytes(held) != all.substr(held.size())) refuse_damaged_shard(path);
  Shard out;
  try {
    out = shard_of_head(head, path);
  } catch (const Json::exception&) {
    refuse_damaged_shard(path);
  }
  if (!is_possible(out)) refuse_damaged_shard(path);
  out.path = path;
  out.records = std::move(bytes);
  out.records.resize(held.size());
  out.records.erase(0, line + 1);
  return out;
}

}  // namespace isoloss
