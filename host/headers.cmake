# fmt, CLI11, nlohmann/json, toml++: those of the system, or of a folder that holds them all.

set(ISOLOSS_HEADERS "" CACHE PATH
  "A folder with fmt/, CLI/, nlohmann/ and toml++/, instead of the system's packages")

# A target of headers alone, of the name that the package's own would have.
function(isoloss_headers_of_folder target)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} INTERFACE ${ISOLOSS_HEADERS})
endfunction()

if(ISOLOSS_HEADERS)
  foreach(header fmt/format.h CLI/CLI.hpp nlohmann/json.hpp toml++/toml.h)
    if(NOT EXISTS ${ISOLOSS_HEADERS}/${header})
      message(FATAL_ERROR "ISOLOSS_HEADERS: ${ISOLOSS_HEADERS} has no ${header}")
    endif()
  endforeach()
  isoloss_headers_of_folder(fmt::fmt)
  target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
  isoloss_headers_of_folder(CLI11::CLI11)
  isoloss_headers_of_folder(nlohmann_json::nlohmann_json)
  set(TOMLPLUSPLUS_INCLUDE ${ISOLOSS_HEADERS})
else()
  foreach(package fmt CLI11 nlohmann_json)
    find_package(${package} QUIET)
    if(NOT ${package}_FOUND)
      list(APPEND missing ${package})
    endif()
  endforeach()
  find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h)
  if(NOT TOMLPLUSPLUS_INCLUDE)
    list(APPEND missing toml++)
  endif()
  if(missing)
    message(FATAL_ERROR "Missing: ${missing}. scripts/setup installs them on Debian and Ubuntu (libfmt-dev "
      "libcli11-dev nlohmann-json3-dev libtomlplusplus-dev); elsewhere give a folder that holds "
      "their headers, -DISOLOSS_HEADERS=FOLDER")
  endif()
endif()

# Without zlib, files that gzip compressed are refused.
find_package(ZLIB QUIET)
