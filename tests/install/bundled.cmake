# Where the system has neither zlib nor packages of the headers of others, those of a folder build
# the program: configures so, and compiles a file that includes each.

include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(build ${BUILD}/bundled)
set(folder ${BUILD}/bundled_headers)
file(REMOVE_RECURSE ${build} ${folder})
link_headers(${folder})
set(objects "")
foreach(file base/text base/toml_reader commands/command_line report/json_parts)
  list(APPEND objects CMakeFiles/isoloss_host.dir/host/${file}.cpp.o)
endforeach()
list(APPEND objects CMakeFiles/isoloss_host.dir/generated/host/reading/gzip.cpp.o)

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${build} -G Ninja -DISOLOSS_HEADERS=${folder}
  -DISOLOSS_TESTS=OFF -DISOLOSS_CUDA=OFF -DISOLOSS_UNITY=OFF -DCMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON)
foreach(object ${objects})
  run(${CMAKE_COMMAND} --build ${build} --target ${object})
endforeach()
execute_process(COMMAND grep -r ${folder} ${build}/build.ninja RESULT_VARIABLE code OUTPUT_QUIET)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the folder's headers are not used")
endif()

# An empty one is refused by the name of what it lacks.
file(MAKE_DIRECTORY ${BUILD}/bundled_none)
execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD}/bundled_refused -G Ninja
    -DISOLOSS_HEADERS=${BUILD}/bundled_none -DISOLOSS_TESTS=OFF -DISOLOSS_CUDA=OFF
  RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
string(REGEX REPLACE "[ \n]+" " " line "${said}")  # CMake folds its messages at some width
if(code EQUAL 0 OR NOT line MATCHES "has no fmt/format.h")
  message(FATAL_ERROR "an empty folder is not refused: ${said}")
endif()
