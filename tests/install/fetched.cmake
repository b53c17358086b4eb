# Where the system lacks the headers of others, configuring fetches each; where that is forbidden it
# says what is missing. The network is spared: the fetched folders are given.

include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(archive ${BUILD}/fetched_archive)
file(REMOVE_RECURSE ${BUILD}/fetched ${BUILD}/fetched_refused ${archive})
link_headers(${archive}/include)
file(CREATE_LINK ${archive}/include ${archive}/single_include SYMBOLIC)

set(options -G Ninja -DISOLOSS_TESTS=OFF -DISOLOSS_CUDA=OFF -DCMAKE_SYSTEM_IGNORE_PATH=/usr/include)
foreach(package fmt CLI11 nlohmann_json)
  list(APPEND options -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
set(given "")
foreach(package FMT CLI11 NLOHMANN_JSON TOMLPLUSPLUS)
  list(APPEND given -DFETCHCONTENT_SOURCE_DIR_${package}=${archive})
endforeach()

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD}/fetched ${options} ${given})
file(READ ${BUILD}/fetched/build.ninja rules)
foreach(folder include single_include)
  if(NOT rules MATCHES "isystem ${archive}/${folder}")
    message(FATAL_ERROR "the headers of ${archive}/${folder} are not used")
  endif()
endforeach()

execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD}/fetched_refused ${options} -DISOLOSS_FETCH=OFF
  RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
string(REGEX REPLACE "[ \n]+" " " line "${said}")  # CMake folds its messages at some width
if(code EQUAL 0 OR NOT line MATCHES "Missing: fmt;CLI11;nlohmann_json;tomlplusplus")
  message(FATAL_ERROR "what is missing is not said: ${said}")
endif()
