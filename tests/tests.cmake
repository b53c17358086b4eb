# One binary with every test of tests/*_test.cpp, each a ctest of its own.

find_package(Catch2 REQUIRED)
file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*_test.cpp)
add_executable(isoloss_tests ${test_sources})
target_compile_definitions(isoloss_tests PRIVATE
  ISOLOSS_PROGRAM="$<TARGET_FILE:isoloss>" ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
add_dependencies(isoloss_tests isoloss)
if(Catch2_VERSION VERSION_LESS 3)
  target_sources(isoloss_tests PRIVATE ${PROJECT_SOURCE_DIR}/tests/catch_main.cpp)
  # The framework's own main, not ours to warn about.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/tests/catch_main.cpp PROPERTIES
    COMPILE_OPTIONS -w)
  target_link_libraries(isoloss_tests PRIVATE isoloss_host Catch2::Catch2)
else()
  target_link_libraries(isoloss_tests PRIVATE isoloss_host Catch2::Catch2WithMain)
endif()
include(Catch)
catch_discover_tests(isoloss_tests WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
