# The manual and the completion scripts, which the program writes itself; installed where man and the
# shells look for them.

function(isoloss_add_shell_file name folder)
  set(file ${PROJECT_BINARY_DIR}/share/${folder}/${name})
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share/${folder}
    COMMAND isoloss ${ARGN} > ${file}
    DEPENDS isoloss VERBATIM)
  set_property(GLOBAL APPEND PROPERTY isoloss_shell_files ${file})
  install(FILES ${file} DESTINATION share/${folder} COMPONENT shell)
endfunction()

isoloss_add_shell_file(isoloss.1 man/man1 man)
isoloss_add_shell_file(isoloss bash-completion/completions completion bash)
isoloss_add_shell_file(_isoloss zsh/site-functions completion zsh)
isoloss_add_shell_file(isoloss.fish fish/vendor_completions.d completion fish)
get_property(shell_files GLOBAL PROPERTY isoloss_shell_files)
add_custom_target(isoloss_shell_files ALL DEPENDS ${shell_files})
