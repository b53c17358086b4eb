#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "host/base/checksum.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/fit/shard.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "isoloss/shard";
constexpr int kVersion = 1;
constexpr std::size_t kChecksumBytes = 16;

// What is behind the parameters in a record. Doubles lie as the machine has them.
struct RecordEnd {
  double objective = 0;
  double scaled_gradient = 0;
  std::uint32_t at_bound = 0;  // a bit a parameter
  std::uint8_t converged = 0, positive_definite = 0, flat = 0, degenerate = 0;
};
static_assert(sizeof(RecordEnd) == 24, "no padding");

std::size_t record_bytes(int num_params) {
  return static_cast<std::size_t>(num_params) * sizeof(double) + sizeof(RecordEnd);
}

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
         "write one with isoloss fit RUNS.csv ``resamples`` FIRST:COUNT ``shard`` FILE");
  if (head.value("schema_version", 0) != kVersion)
    fail(path, "a shard of another version of isoloss", "make all shards with one version");
  return head;
}

Shard shard_of_head(const Json& head) {
  Shard out;
  out.checksum = head.at("checksum");
  out.range = {head.at("first"), head.at("num")};
  out.num_resamples = head.at("num_resamples");
  out.num_params = head.at("num_params");
  out.words = head.at("words").get<std::vector<std::string>>();
  return out;
}

bool is_possible(const Shard& shard) {
  const ResampleRange& range = shard.range;
  return shard.num_params > 0 && shard.num_params <= kMaxParams && range.first >= 0 &&
         range.num > 0 && range.num <= shard.num_resamples - range.first;
}

}  // namespace

void Shard::add(const PolishedFit& fit) {
  RecordEnd end{fit.objective, fit.scaled_gradient, 0, fit.converged, fit.positive_definite,
                fit.flat,      fit.degenerate};
  for (int k = 0; k < kMaxParams; ++k)
    end.at_bound |= std::uint32_t{fit.at_bound[static_cast<std::size_t>(k)]} << k;
  records.append(reinterpret_cast<const char*>(fit.theta.data()),
                 static_cast<std::size_t>(num_params) * sizeof(double));
  records.append(reinterpret_cast<const char*>(&end), sizeof end);
}

PolishedFit Shard::fit(int index) const {
  const char* const at =
      records.data() + static_cast<std::size_t>(index) * record_bytes(num_params);
  PolishedFit out;
  const std::size_t theta_bytes = static_cast<std::size_t>(num_params) * sizeof(double);
  std::memcpy(out.theta.data(), at, theta_bytes);
  RecordEnd end;
  std::memcpy(&end, at + theta_bytes, sizeof end);
  out.objective = end.objective;
  out.scaled_gradient = end.scaled_gradient;
  for (int k = 0; k < kMaxParams; ++k)
    out.at_bound[static_cast<std::size_t>(k)] = (end.at_bound >> k & 1) != 0;
  out.converged = end.converged != 0;
  out.positive_definite = end.positive_definite != 0;
  out.flat = end.flat != 0;
  out.degenerate = end.degenerate != 0;
  return out;
}

std::string shard_bytes(const Shard& shard) {
  const Json head{{"schema", kSchema},
                  {"schema_version", kVersion},
                  {"isoloss_version", ISOLOSS_VERSION},
                  {"checksum", shard.checksum},
                  {"first", shard.range.first},
                  {"num", shard.range.num},
                  {"num_resamples", shard.num_resamples},
                  {"num_params", shard.num_params},
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
  const std::size_t num_bytes = held.size() - (line + 1);
  if (!is_possible(out) ||
      num_bytes / record_bytes(out.num_params) != static_cast<std::size_t>(out.range.num))
    fail(path, damaged, "make it again");
  out.path = path;
  out.records = std::move(bytes);
  out.records.resize(held.size());
  out.records.erase(0, line + 1);
  return out;
}

}  // namespace isoloss
