# fmt, CLI11, nlohmann/json, toml++: those of the system, else the headers packed here.

option(ISOLOSS_BUNDLED "Build with the packed headers, whatever the system has" OFF)

# Unpacks them, once.
function(isoloss_unpack_headers folder)
  set(archive ${PROJECT_SOURCE_DIR}/third_party/headers.tar.xz)
  file(STRINGS ${PROJECT_SOURCE_DIR}/third_party/headers.sha256 expected)
  file(SHA256 ${archive} sum)
  if(NOT sum STREQUAL expected)
    message(FATAL_ERROR "${archive} is damaged: its SHA-256 is ${sum}, not ${expected}")
  endif()
  if(NOT EXISTS ${folder}/${sum})
    file(REMOVE_RECURSE ${folder})
    file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${folder})
    file(TOUCH ${folder}/${sum})
  endif()
endfunction()

# A target of headers alone, of the name that the package's own would have.
function(isoloss_bundled target)
  set(folder ${PROJECT_BINARY_DIR}/third_party)
  isoloss_unpack_headers(${folder})
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} INTERFACE ${folder})
  message(STATUS "${target} is that of third_party/")
endfunction()

foreach(package fmt CLI11 nlohmann_json)
  if(NOT ISOLOSS_BUNDLED)
    find_package(${package} QUIET)
  endif()
endforeach()
if(NOT TARGET fmt::fmt)
  isoloss_bundled(fmt::fmt)
  target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
endif()
if(NOT TARGET CLI11::CLI11)
  isoloss_bundled(CLI11::CLI11)
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  isoloss_bundled(nlohmann_json::nlohmann_json)
endif()

if(NOT ISOLOSS_BUNDLED)
  find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h)
endif()
if(NOT TOMLPLUSPLUS_INCLUDE)
  isoloss_unpack_headers(${PROJECT_BINARY_DIR}/third_party)
  set(TOMLPLUSPLUS_INCLUDE ${PROJECT_BINARY_DIR}/third_party)
endif()

# Without zlib, files that gzip compressed are refused.
find_package(ZLIB QUIET)
