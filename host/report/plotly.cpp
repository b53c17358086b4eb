#include "host/report/plotly.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "host/base/data_folder.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"

namespace isoloss {
namespace {

// As scripts/setup fetches it.
constexpr const char* kVersion = "4.1.1";

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : std::uint32_t{0};
    };
    const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
  }
  return out;
}

// A script must not hold what ends its element; in a string or an expression of it a backslash
// before the slash changes nothing.
std::string as_script(std::string_view code) {
  std::string out;
  for (std::size_t end = 0; (end = code.find("</script")) != std::string_view::npos;) {
    out.append(code.substr(0, end)).append("<\\/script");
    code.remove_prefix(end + std::string_view("</script").size());
  }
  return out.append(code);
}

std::string fetched_path() {
  const auto folder = data_folder("plotly");
  require(folder.has_value(), "``report``: plotly.js, which draws the charts, is not here",
          "run scripts/setup where there is a network, or give ``plotly`` cdn or a plotly.min.js");
  return (*folder / "plotly.min.js.gz").string();
}

}  // namespace

std::string plotly_markup(const std::string& choice) {
  if (choice == "cdn")
    return fmt::format("<script src=\"https://cdn.plot.ly/plotly-{}.min.js\"></script>\n",
                       kVersion);
  const std::string bytes = read_file(choice.empty() ? fetched_path() : choice);
  if (!bytes.starts_with("\x1F\x8B")) return fmt::format("<script>{}</script>\n", as_script(bytes));
  return fmt::format("<script type=\"text/plain\" id=\"plotly\">{}</script>\n", base64(bytes));
}

}  // namespace isoloss
