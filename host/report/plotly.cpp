#include "host/report/plotly.h"

#include <fmt/format.h>

#include <string_view>

#include "host/base/data_folder.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/report/html.h"

namespace isoloss {
namespace {

// As scripts/setup fetches it.
constexpr const char* kVersion = "4.1.1";

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
