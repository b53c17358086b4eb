#include "host/search/engine_choice.h"

#include "cuda/engine.h"
#include "host/error.h"

namespace isoloss {

ChosenEngine choose_engine(const std::string& device, const CpuEngineOptions& cpu) {
  if (device != "auto" && device != "cpu" && device != "cuda")
    throw InputError("", 0, "", "--device " + device + " is not a device", "use auto, cpu or cuda");
  if (device == "cuda" || (device == "auto" && cuda_state() == CudaState::ready)) {
    std::unique_ptr<SearchEngine> engine = make_cuda_engine();
    if (engine != nullptr) return {std::move(engine), cuda_state_sentence()};
    throw DeviceError("--device cuda: " + cuda_state_sentence() +
                      "; use --device auto or cpu to search on the processor");
  }
  std::string reason = device == "cpu" ? "asked for" : cuda_state_sentence();
  return {make_cpu_engine(cpu), std::move(reason)};
}

}  // namespace isoloss
