# What binaries of tests are made with.

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

