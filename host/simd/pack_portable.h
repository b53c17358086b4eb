// The pack of one double, for processors without wider ones that this build knows.

#pragma once

#include "fits/lanes.h"

namespace isoloss {

using NativePack = ScalarPack;

}  // namespace isoloss
