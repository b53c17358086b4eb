# What the tests of building and installing share.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${said}")
  endif()
endfunction()

# Makes a folder with links to the system's headers of others.
function(link_headers folder)
  file(MAKE_DIRECTORY ${folder})
  foreach(header fmt/format.h CLI/CLI.hpp nlohmann/json.hpp toml++/toml.h)
    get_filename_component(name ${header} DIRECTORY)
    string(MAKE_C_IDENTIFIER ${name} id)
    find_path(found_${id} ${header} PATHS /usr/include /usr/local/include REQUIRED)
    file(CREATE_LINK ${found_${id}}/${name} ${folder}/${name} SYMBOLIC)
  endforeach()
endfunction()
