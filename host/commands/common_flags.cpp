#include "host/commands/common_flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/option_error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {

CLI::Option* add_device(CommandLine& line, std::string& device, const char* what) {
  return line.app()
      .add_option("--device", device, what)
      ->capture_default_str()
      ->type_name("DEVICE");
}

CLI::Option* add_threads(CommandLine& line, int& num_threads) {
  CLI::Option* option =
      line.app().add_option("--threads", num_threads, "Threads; 0: one a processor");
  static constexpr int kMost = 4096;
  return checked<int>(option->capture_default_str()->type_name("N"), [](int num) {
    require(num >= 0 && num <= kMost, fmt::format("--threads must be 0 to {}", kMost), "");
  });
}

CLI::Option* add_confidence(CommandLine& line, double& confidence) {
  CLI::Option* option =
      line.app().add_option("--confidence", confidence, "Probability of the intervals");
  return checked<double>(option->capture_default_str()->type_name("P"), [](double value) {
    require(value > 0 && value < 1, "--confidence must be between 0 and 1", "write 0.95 for 95%");
  });
}

CLI::Option* add_seed(CommandLine& line, std::uint64_t& seed, const char* what) {
  return line.app()
      .add_option("--seed", seed, what)
      ->check(whole_number())
      ->capture_default_str()
      ->type_name("SEED");
}

CLI::Option* add_bootstrap(CommandLine& line, int& num_resamples, int fewest, int most) {
  CLI::Option* option = line.app().add_option("--bootstrap", num_resamples,
                                              "Resamples for the intervals; 0 for none");
  return checked<int>(option->capture_default_str()->type_name("R"), [fewest, most](int num) {
    require(num == 0 || (num >= fewest && num <= most),
            fmt::format("--bootstrap must be 0 or between {} and {}", fewest, most),
            "1000 is enough for 95 %");
  });
}

CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& words) {
  const std::string flag = option->get_name();
  checked<std::string>(option, [flag, words](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) != words.end()) return;
    refuse(fmt::format("{} is none of {}: {}", flag, fmt::join(words, ", "), printable(text)),
           did_you_mean(text, words, ""));
  });
  return option->type_name(fmt::format("{}", fmt::join(words, "|")));
}

CLI::Validator whole_number() {
  const auto fault = [](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (!text.empty() && result.ec == std::errc() && result.ptr == end) return "";
    return printable(text) + " is not a whole number from 0 to 18446744073709551615";
  };
  return CLI::Validator(fault, "");
}

double positive_number(const std::string& flag, const std::string& text, const std::string& hint) {
  const Number number = parse_number(text);
  if (number.kind == Number::Kind::value && number.value > 0) return number.value;
  const InputError error("", 0, "", flag + " " + printable(text) + " is not a positive number",
                         hint);
  throw OptionError(error, flag.substr(flag.find_first_not_of('-')), text);
}

}  // namespace isoloss
