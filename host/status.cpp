#include "host/status.h"
namespace isoloss {
const char* status_name(Status) { return ""; }
const char* status_sentence(Status) { return ""; }
}  // namespace isoloss
