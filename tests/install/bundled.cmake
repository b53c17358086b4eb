# Where the system has neither zlib nor the headers of others, those of third_party/ build the
# program: configures so, and compiles a file that includes each.

set(build ${BUILD}/bundled)
file(REMOVE_RECURSE ${build})
set(objects "")
foreach(file base/text base/toml_reader commands/command_line report/json_parts)
  list(APPEND objects CMakeFiles/isoloss_host.dir/host/${file}.cpp.o)
endforeach()
list(APPEND objects CMakeFiles/isoloss_host.dir/generated/host/reading/gzip.cpp.o)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${said}")
  endif()
endfunction()

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${build} -G Ninja -DISOLOSS_BUNDLED=ON -DISOLOSS_TESTS=OFF
  -DISOLOSS_CUDA=OFF -DCMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON)
foreach(object ${objects})
  run(${CMAKE_COMMAND} --build ${build} --target ${object})
endforeach()
execute_process(COMMAND grep -r third_party ${build}/build.ninja RESULT_VARIABLE code OUTPUT_QUIET)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the packed headers are not used")
endif()
