# fmt, CLI11, nlohmann/json and toml++: of a folder that holds them all, of the system, or fetched.

set(ISOLOSS_HEADERS "" CACHE PATH
  "A folder with fmt/, CLI/, nlohmann/ and toml++/, instead of the system's packages")
option(ISOLOSS_FETCH "Fetch the libraries that the system lacks, each by its checksum" ON)

# A target of headers alone, of the name that the package's own would have.
function(isoloss_headers_of_folder name folder)
  add_library(${name}::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${name}::${name} INTERFACE ${folder})
  if(name STREQUAL "fmt")
    target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
  endif()
endfunction()

# Sets <name>_FOUND, and makes the target where the system has the library. toml++ has no package of
# CMake everywhere; its headers are all there is to find.
macro(isoloss_find_library name header)
  if("${name}" STREQUAL "tomlplusplus")
    find_path(TOMLPLUSPLUS_INCLUDE ${header})
    if(TOMLPLUSPLUS_INCLUDE)
      set(tomlplusplus_FOUND TRUE)
      isoloss_headers_of_folder(tomlplusplus ${TOMLPLUSPLUS_INCLUDE})
    endif()
  else()
    find_package(${name} QUIET)
  endif()
endmacro()

function(isoloss_fetch_library name version archive sha256 folder)
  include(FetchContent)
  if(POLICY CMP0135)
    cmake_policy(SET CMP0135 NEW)
  endif()
  message(STATUS "Fetching ${name} ${version}, which this system lacks (instead: scripts/setup on "
    "Debian and Ubuntu, or -DISOLOSS_HEADERS=FOLDER)")
  # Headers alone: a subfolder without a build of its own.
  FetchContent_Declare(${name} URL https://github.com/${archive} URL_HASH SHA256=${sha256}
    SOURCE_SUBDIR ${folder})
  FetchContent_MakeAvailable(${name})
  string(TOLOWER ${name} lower)
  isoloss_headers_of_folder(${name} ${${lower}_SOURCE_DIR}/${folder})
endfunction()

# One library: its version, which is that of Debian 12, its archive below github.com with the SHA-256,
# the folder in that which holds the headers, and one of those.
macro(isoloss_library name version archive sha256 folder header)
  if(ISOLOSS_HEADERS)
    if(NOT EXISTS ${ISOLOSS_HEADERS}/${header})
      message(FATAL_ERROR "ISOLOSS_HEADERS: ${ISOLOSS_HEADERS} has no ${header}")
    endif()
    isoloss_headers_of_folder(${name} ${ISOLOSS_HEADERS})
  else()
    isoloss_find_library(${name} ${header})
    if(NOT ${name}_FOUND AND ISOLOSS_FETCH)
      isoloss_fetch_library(${name} ${version} ${archive} ${sha256} ${folder})
    elseif(NOT ${name}_FOUND)
      list(APPEND missing ${name})
    endif()
  endif()
endmacro()

isoloss_library(fmt 9.1.0 fmtlib/fmt/archive/refs/tags/9.1.0.tar.gz
  5dea48d1fcddc3ec571ce2058e13910a0d4a6bab4cc09a809d8b1dd1c88ae6f2 include fmt/format.h)
isoloss_library(CLI11 2.1.2 CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
  26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb include CLI/CLI.hpp)
isoloss_library(nlohmann_json 3.11.2 nlohmann/json/archive/refs/tags/v3.11.2.tar.gz
  d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273 single_include
  nlohmann/json.hpp)
isoloss_library(tomlplusplus 3.3.0 marzer/tomlplusplus/archive/refs/tags/v3.3.0.tar.gz
  fc1a5eb410f3c67e90e5ad1264a1386d020067cfb01b633cc8c0441789aa6cf2 include toml++/toml.h)
if(missing)
  message(FATAL_ERROR "Missing: ${missing}. scripts/setup installs them on Debian and Ubuntu "
    "(libfmt-dev libcli11-dev nlohmann-json3-dev libtomlplusplus-dev); elsewhere give a folder that "
    "holds their headers, -DISOLOSS_HEADERS=FOLDER, or leave ISOLOSS_FETCH on")
endif()

# Without zlib, files that gzip compressed are refused.
find_package(ZLIB QUIET)
