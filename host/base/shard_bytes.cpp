#include <fmt/format.h>

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
  if (head.value("schema_version", 0) != kVersion)
    fail(path, "a shard of another version of isoloss", "make all shards with one version");
  return head;
}

Shard shard_of_head(const Json& head) {
  Shard out;
  out.command = head.at("command");
  out.items = head.at("items");
  out.checksum = head.at("checksum");
  out.range = {head.at("first"), head.at("num")};
  out.num_items = head.at("num_items");
  out.num_parts = head.at("num_parts");
  out.words = head.at("words").get<std::vector<std::string>>();
  return out;
}

bool is_possible(const Shard& shard) {
  const ItemRange& range = shard.range;
  return range.first >= 0 && range.num >= 0 && range.num <= shard.num_items - range.first &&
         shard.num_parts >= 0;
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
  const char* const damaged = "the shard is cut short or damaged";
  const std::string_view all = bytes;
  const std::size_t line = all.find('\n');
  const Json head = head_of(all.substr(0, line), path);
  if (line == all.npos || all.size() < line + 1 + kChecksumBytes)
    fail(path, damaged, "make it again");
  const std::string_view held = all.substr(0, all.size() - kChecksumBytes);
  if (checksum_of_bytes(held) != all.substr(held.size())) fail(path, damaged, "make it again");
  Shard out;
  try {
    out = shard_of_head(head);
  } catch (const Json::exception&) {
    fail(path, damaged, "make it again");
  }
  if (!is_possible(out)) fail(path, damaged, "make it again");
  out.path = path;
  out.records = std::move(bytes);
  out.records.resize(held.size());
  out.records.erase(0, line + 1);
  return out;
}

}  // namespace isoloss
