// When something happens: the year in which a loss is reached, or compute, a size or tokens are.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace isoloss {

enum class UntilKind { loss, compute, params, tokens, stock };

// What is waited for. value: nats per token that the best model reaches, FLOP that are paid for,
// parameters or tokens of the best model; of the stock, which its tokens come to exceed, nothing.
struct Until {
  UntilKind kind = UntilKind::loss;
  double value = 0;
};

// "loss=1.85", "compute=1e29", "params=10T", "tokens-needed=100T" or "tokens-needed=stock". Throws
// InputError, with what to write instead, for all else.
Until parse_until(const std::string& text);

// "loss", "compute", "params" or "tokens-needed".
const char* name_of(UntilKind kind);

// What a model that reaches a loss is trained on.
enum class TokensSeen {
  as_best,   // as many as are best, whether there are so many or not
  once,      // each of the stock once at most
  repeated,  // of the stock, as often as pays
};

// Shares of the samples in which it has happened, for which the year is told.
inline constexpr std::array<double, 5> kUntilShares{0.1, 0.25, 0.5, 0.75, 0.9};

// Years since the first: 0 where it is so from the first year on, infinite where it does not happen
// within kMostYears.
struct UntilYears {
  Until until;
  TokensSeen seen = TokensSeen::as_best;                                  // of a loss
  double stated = 0;                                                      // under the stated values
  std::optional<std::array<double, kUntilShares.size()>> at_shares = {};  // with samples
  std::optional<double> share_by_end = {},
                        share_never = {};  // of those: within the years of the forecast
};

}  // namespace isoloss
