# libFuzzer targets with AddressSanitizer and UndefinedBehaviorSanitizer; clang only. scripts/fuzz
# builds and runs them. What they test is compiled again here, instrumented: the rooms up to that of
# the readers, which include none of the others.

foreach(room base curves formula reading)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/${room}/*.cpp)
  list(APPEND fuzzed_sources ${sources})
endforeach()

add_library(fuzzed_readers STATIC EXCLUDE_FROM_ALL ${fuzzed_sources})
target_link_libraries(fuzzed_readers PUBLIC
  isoloss_options fmt::fmt nlohmann_json::nlohmann_json ZLIB::ZLIB Threads::Threads)
target_link_libraries(fuzzed_readers PRIVATE tomlplusplus::tomlplusplus)
target_compile_definitions(fuzzed_readers PRIVATE ISOLOSS_VERSION="${PROJECT_VERSION}")
target_compile_options(fuzzed_readers PUBLIC
  -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)

foreach(name read_runs_fuzz text_fuzz formula_fuzz)
  add_executable(${name} EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  target_link_libraries(${name} PRIVATE fuzzed_readers)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endforeach()
