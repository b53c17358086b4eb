# Binaries of tests, each test case a ctest of its own.

find_package(Catch2 REQUIRED)
include(Catch)

# A binary of Catch2 2.13 or 3, whichever is installed, whose tests are each a ctest.
function(isoloss_add_tests target)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE isoloss_options)
  if(Catch2_VERSION VERSION_LESS 3)
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/catch_main.cpp)
    # The framework's own main, not ours to warn about.
    set_source_files_properties(${PROJECT_SOURCE_DIR}/tests/catch_main.cpp PROPERTIES
      COMPILE_OPTIONS -w)
    target_link_libraries(${target} PRIVATE Catch2::Catch2)
  else()
    target_link_libraries(${target} PRIVATE Catch2::Catch2WithMain)
  endif()
  catch_discover_tests(${target} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES SKIP_REGULAR_EXPRESSION "test skipped")
endfunction()

file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*_test.cpp)
isoloss_add_tests(isoloss_tests ${test_sources})
target_compile_definitions(isoloss_tests PRIVATE
  ISOLOSS_PROGRAM="$<TARGET_FILE:isoloss>" ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
target_link_libraries(isoloss_tests PRIVATE isoloss_host)
add_dependencies(isoloss_tests isoloss)

include(tests/cuda_on_cpu/cuda_on_cpu.cmake)
include(tests/ptx_on_cpu/ptx_on_cpu.cmake)
