// Where a page has plotly.js from, which draws its charts.

#pragma once

#include <string>

namespace isoloss {

// Markup for a page.
//
//   choice   "cdn": a script element that loads it when the page opens; a file: plotly.min.js, or
//            the same compressed by gzip, put into the page; empty: what scripts/setup fetched
//   throws   InputError, with what to do, if there is no such file
std::string plotly_markup(const std::string& choice);

}  // namespace isoloss
