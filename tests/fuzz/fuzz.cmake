# libFuzzer targets with AddressSanitizer and UndefinedBehaviorSanitizer; clang only. scripts/fuzz
# builds and runs them. The reader's sources are compiled again here, instrumented.

set(fuzzed_sources column_checks column_choice column_names columns csv csv_records file_bytes
  number quantity reading_checks reading_warnings row_filter row_reader run_table text units where
  where_parser where_text)
list(TRANSFORM fuzzed_sources PREPEND ${PROJECT_SOURCE_DIR}/host/reading/)
list(TRANSFORM fuzzed_sources APPEND .cpp)
list(APPEND fuzzed_sources ${PROJECT_SOURCE_DIR}/host/error.cpp)

add_library(fuzzed_reader STATIC EXCLUDE_FROM_ALL ${fuzzed_sources})
target_link_libraries(fuzzed_reader PUBLIC isoloss_options fmt::fmt)
target_compile_options(fuzzed_reader PUBLIC
  -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)

foreach(name read_runs_fuzz text_fuzz)
  add_executable(${name} EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  target_link_libraries(${name} PRIVATE fuzzed_reader)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endforeach()
