#include "host/answers/forecast/until.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr const char* kUntilHint =
    "write loss=1.85, compute=1e29, params=10T, tokens-needed=100T or tokens-needed=stock; the "
    "number of years is ``years``";

[[noreturn]] void refuse_until(const std::string& text, const std::string& what) {
  throw InputError("", 0, "", fmt::format("``until`` {} {}", printable(text), what), kUntilHint);
}

}  // namespace

const char* name_of(UntilKind kind) {
  switch (kind) {
    case UntilKind::loss:
      return "loss";
    case UntilKind::compute:
      return "compute";
    case UntilKind::params:
      return "params";
    case UntilKind::tokens:
    case UntilKind::stock:
      break;
  }
  return "tokens-needed";
}

Until parse_until(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos) refuse_until(text, "does not say which value");
  const std::string name = text.substr(0, at), value = text.substr(at + 1);
  for (const UntilKind kind :
       {UntilKind::loss, UntilKind::compute, UntilKind::params, UntilKind::tokens}) {
    if (name != name_of(kind)) continue;
    if (kind == UntilKind::tokens && value == "stock") return {UntilKind::stock, 0};
    const Number number = parse_number(value);
    if (number.kind != Number::Kind::value || !(number.value > 0))
      refuse_until(text, fmt::format("waits for what is no number above 0: {}", shown(value)));
    return {kind, number.value};
  }
  refuse_until(text, fmt::format("waits for nothing that is known: {}", shown(name)));
}

}  // namespace isoloss
