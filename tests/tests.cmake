# The tests: binaries whose test cases are each a ctest.

# Of fits/ and of the rooms of host/, each in a folder of that name; of the whole, in none.
set(test_globs *_test.cpp)
foreach(room fits base simd formula curves reading laws search fit answers report commands)
  list(APPEND test_globs ${room}/*_test.cpp)
endforeach()
list(TRANSFORM test_globs PREPEND ${PROJECT_SOURCE_DIR}/tests/)
file(GLOB test_sources CONFIGURE_DEPENDS ${test_globs})
# A test a page of the documentation: what its commands print.
file(GLOB doc_pages CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
  ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/docs/*.md)
foreach(page ${doc_pages})
  string(APPEND DOC_COMMAND_TESTS
    "TEST_CASE(\"${page} shows what the program prints\") { check_commands(\"${page}\"); }\n")
endforeach()
set(file ${PROJECT_BINARY_DIR}/generated/tests/doc_commands.cpp)
configure_file(${PROJECT_SOURCE_DIR}/tests/doc_commands.cpp.in ${file} @ONLY)
list(APPEND test_sources ${file})
# With sanitizers the rooms of arithmetic are left out, unless all is asked for: the engine's tests
# below run through them too. So are the pages, whose commands other tests run.
if(ISOLOSS_SANITIZE AND NOT ISOLOSS_SANITIZE_ALL)
  list(FILTER test_sources EXCLUDE REGEX
    "/tests/((fits|simd|laws|search|fit)/[a-z0-9_]*|doc_commands)[.]cpp$")
endif()
# A sanitizer takes more memory than the limits of these tests leave.
if(ISOLOSS_SANITIZE)
  list(FILTER test_sources EXCLUDE REGEX "/limits_test[.]cpp$")
endif()
# The functions of laws in the lanes of each instruction set; see host/host.cmake.
foreach(SIMD ${simd_levels})
  set(file ${PROJECT_BINARY_DIR}/generated/tests/functions_in_lanes_${SIMD}.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/tests/functions_in_lanes.cpp.in ${file} @ONLY)
  set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${simd_flags_${SIMD}}")
  list(APPEND test_sources ${file})
endforeach()
# Those of arithmetic take their time for templates of their own.
set(own_units ${test_sources})
list(FILTER own_units INCLUDE REGEX "/tests/(fits|simd|laws|search)/")
list(REMOVE_ITEM test_sources ${own_units})
isoloss_unite(test_units 12 ${test_sources})
# GCC 12 sees parts of strings overlap that do not (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(string_units ${test_units})
  list(FILTER string_units INCLUDE REGEX "/(commands|reading)_[0-9]+[.]cpp$")
  set_source_files_properties(${string_units} PROPERTIES COMPILE_OPTIONS -Wno-restrict)
endif()
isoloss_add_tests(isoloss_tests ${test_units} ${own_units} ${PROJECT_SOURCE_DIR}/tests/nist.cpp)
target_compile_definitions(isoloss_tests PRIVATE ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
target_link_libraries(isoloss_tests PRIVATE isoloss_host)
add_dependencies(isoloss_tests isoloss)

# The C interface as C sees it.
enable_language(C)
add_executable(isoloss_c_test ${PROJECT_SOURCE_DIR}/tests/capi_program.c)
target_link_libraries(isoloss_c_test PRIVATE isoloss_host m)
set_target_properties(isoloss_c_test PROPERTIES LINKER_LANGUAGE CXX)
add_test(NAME "A C program fits columns in memory" COMMAND isoloss_c_test)
set_tests_properties("A C program fits columns in memory"
  PROPERTIES PASS_REGULAR_EXPRESSION "\"status\": \"converged\"")

include(tests/fuzz/seeds.cmake)
include(tests/one_file/one_file.cmake)
include(tests/cuda_on_cpu/cuda_on_cpu.cmake)
include(tests/ptx_on_cpu/ptx_on_cpu.cmake)
include(tests/apart/apart.cmake)
include(tests/kit/kit.cmake)
if(NOT ISOLOSS_SANITIZE)
  include(tests/install/install.cmake)
endif()
