# Binaries of tests, each test case a ctest of its own.

find_package(Catch2 REQUIRED)
include(Catch)

# The framework's own main of Catch2 2.13, compiled once and not ours to warn about.
if(Catch2_VERSION VERSION_LESS 3)
  add_library(isoloss_catch_main OBJECT ${PROJECT_SOURCE_DIR}/tests/catch_main.cpp)
  target_link_libraries(isoloss_catch_main PUBLIC isoloss_options Catch2::Catch2)
  target_compile_options(isoloss_catch_main PRIVATE -w)
else()
  add_library(isoloss_catch_main ALIAS Catch2::Catch2WithMain)
endif()

# A binary of Catch2 2.13 or 3, whichever is installed, whose tests are each a ctest.
function(isoloss_add_tests target)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE isoloss_options isoloss_catch_main)
  catch_discover_tests(${target} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES SKIP_REGULAR_EXPRESSION "test skipped")
endfunction()

file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*_test.cpp)
# With sanitizers only what reads foreign input is built again, unless all is asked for: the rest is
# arithmetic, which the engine's tests below run through too.
if(ISOLOSS_SANITIZE AND NOT ISOLOSS_SANITIZE_ALL)
  list(FILTER test_sources INCLUDE REGEX
    "/(bad_input|cli|column|compare_optima|count_command|csv|formula|functions|growth|inputs|law_file|layers|number|optimum_command|overrides|plan|predict|published_file|recipe|response|run_table|schedule|where)[a-z_]*_test.cpp$")
endif()
# The functions of laws in the lanes of each instruction set; see host/host.cmake.
foreach(SIMD ${simd_levels})
  set(file ${PROJECT_BINARY_DIR}/generated/tests/functions_in_lanes_${SIMD}.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/tests/functions_in_lanes.cpp.in ${file} @ONLY)
  set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${simd_flags_${SIMD}}")
  list(APPEND test_sources ${file})
endforeach()
isoloss_add_tests(isoloss_tests ${test_sources} ${PROJECT_SOURCE_DIR}/tests/nist.cpp)
target_compile_definitions(isoloss_tests PRIVATE
  ISOLOSS_PROGRAM="$<TARGET_FILE:isoloss>" ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
target_link_libraries(isoloss_tests PRIVATE isoloss_host)
add_dependencies(isoloss_tests isoloss)

include(tests/one_file/one_file.cmake)
include(tests/cuda_on_cpu/cuda_on_cpu.cmake)
include(tests/ptx_on_cpu/ptx_on_cpu.cmake)
