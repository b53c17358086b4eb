#include "host/answers/divided.h"

namespace isoloss {

Checksum checksum_of_work(const ShardOptions& shards, const RunTable& runs) {
  Checksum out;
  out.add(ISOLOSS_VERSION);
  out.add(shards.asked);
  for (const std::vector<double>* own :
       {&runs.params, &runs.tokens, &runs.flops, &runs.loss, &runs.weights})
    out.add(*own);
  for (const auto& [name, values] : runs.further) {
    out.add(name);
    out.add(values);
  }
  for (const std::string& label : runs.run) out.add(label);
  return out;
}

}  // namespace isoloss
