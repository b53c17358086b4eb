# Binaries of tests, each test case a ctest of its own.

find_package(Catch2 REQUIRED)
include(Catch)

# Gives a binary of tests its framework, in the version that is installed, and its place in ctest.
function(isoloss_add_catch target)
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
add_executable(isoloss_tests ${test_sources})
target_compile_definitions(isoloss_tests PRIVATE
  ISOLOSS_PROGRAM="$<TARGET_FILE:isoloss>" ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
add_dependencies(isoloss_tests isoloss)
target_link_libraries(isoloss_tests PRIVATE isoloss_host)
isoloss_add_catch(isoloss_tests)

include(tests/cuda_on_cpu/cuda_on_cpu.cmake)
