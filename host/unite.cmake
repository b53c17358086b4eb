# Sources as fewer translation units: what most of them take to compile is the headers that they share.

option(ISOLOSS_UNITY "Compile the files of a room together, some at a time" ON)

# Sets `out` to units of at most `most` sources of one room each, without ISOLOSS_UNITY to the sources
# themselves. So the names that the files of a room keep to themselves differ.
function(isoloss_unite out most)
  if(NOT ISOLOSS_UNITY)
    set(${out} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  set(units "")
  set(rooms "")
  foreach(source ${ARGN})
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${source})
    if(name MATCHES "^((host|tests)/[a-z_]+)/")
      list(APPEND rooms ${CMAKE_MATCH_1})
      list(APPEND sources_of_${CMAKE_MATCH_1} ${name})
    else()
      list(APPEND units ${source})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES rooms)
  foreach(room ${rooms})
    isoloss_unite_room(own ${room} ${most} ${sources_of_${room}})
    list(APPEND units ${own})
  endforeach()
  set(${out} ${units} PARENT_SCOPE)
endfunction()

# The same of the sources of one room, about as many in each unit.
function(isoloss_unite_room out room most)
  list(LENGTH ARGN num_sources)
  math(EXPR num_units "(${num_sources} + ${most} - 1) / ${most}")
  set(place 0)
  foreach(source ${ARGN})
    math(EXPR unit "${place} * ${num_units} / ${num_sources}")
    string(APPEND text_${unit} "#include \"${source}\"\n")
    math(EXPR place "${place} + 1")
  endforeach()
  set(units "")
  math(EXPR last "${num_units} - 1")
  foreach(unit RANGE ${last})
    set(file ${PROJECT_BINARY_DIR}/generated/${room}_${unit}.cpp)
    file(CONFIGURE OUTPUT ${file} CONTENT "${text_${unit}}")
    list(APPEND units ${file})
  endforeach()
  set(${out} ${units} PARENT_SCOPE)
endfunction()

# The units of a target are told apart by what they hold and not by where the build lies, so that
# builds of one tree share their objects. Their messages name headers from the build's folder, so
# this is not for targets that have messages with names of files.
function(isoloss_share_units target)
  if(CCACHE AND "${CMAKE_CXX_COMPILER_LAUNCHER}" STREQUAL "${CCACHE}")
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${PROJECT_BINARY_DIR};${CCACHE}")
  endif()
endfunction()
