#include "host/answers/divided.h"

#include "host/fit/bootstrap.h"

namespace isoloss {

Checksum checksum_of_work(const ShardOptions& shards, const RunTable& runs,
                          std::span<const LawEntry* const> laws) {
  Checksum out;
  out.add(ISOLOSS_VERSION);
  out.add(shards.asked);
  for (const std::vector<double>* own :
       {&runs.params, &runs.tokens, &runs.flops, &runs.loss, &runs.weights})
    out.add(*own);
  for (const auto& [name, values] : runs.further) {
    out.add(name + "\n");
    out.add(values);
  }
  for (const std::vector<std::size_t>& rows : rows_by_run(runs)) {  // labels may hold paths
    out.add("\n");
    for (const std::size_t row : rows) out.add(static_cast<double>(row));
  }
  for (const LawEntry* law : laws) add_law(*law, out);
  return out;
}

}  // namespace isoloss
