// What is the same in every page: host/report/page.css and page.js, compiled in; and what draws a
// figure, python/isoloss/_chart.py.

#pragma once

#include <string_view>

namespace isoloss {

std::string_view page_css();
std::string_view page_js();
std::string_view chart_py();

}  // namespace isoloss
