// What is the same in every page: host/report/page.css and page.js, compiled in.

#pragma once

#include <string_view>

namespace isoloss {

std::string_view page_css();
std::string_view page_js();

}  // namespace isoloss
