// How an answer ended.

#pragma once

namespace isoloss {

enum class Outcome {
  sound,
  unsound,  // numbers that should not be relied on: its warnings say why
  none,     // there is no answer, or a check failed
};

}  // namespace isoloss
