# The kit: what a machine with a GPU, but without a toolkit, a compiler and a network, needs to test
# and time isoloss. scripts/device_kit builds it and packs it: the components isoloss and kit.

include(scripts/peers/engine_bench.cmake)
set(kit_programs isoloss isoloss_device_tests engine_bench)
add_custom_target(isoloss_kit DEPENDS ${kit_programs})

# Shared libraries travel along, but for those of the C and the C++ library, which every machine has:
# an older program runs with newer ones, and bundled ones would ask for this machine's glibc.
set_target_properties(${kit_programs} PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
install(TARGETS ${kit_programs} RUNTIME_DEPENDENCY_SET kit_libraries
  DESTINATION bin COMPONENT kit EXCLUDE_FROM_ALL)
install(RUNTIME_DEPENDENCY_SET kit_libraries
  PRE_EXCLUDE_REGEXES "^lib(c|m|dl|rt|pthread|stdc\\+\\+|gcc_s)\\.so" "^ld-linux"
  DESTINATION lib COMPONENT kit EXCLUDE_FROM_ALL)

set(kit ${CMAKE_CURRENT_LIST_DIR})
install(PROGRAMS ${kit}/run.sh DESTINATION . COMPONENT kit EXCLUDE_FROM_ALL)
install(DIRECTORY ${kit}/runner DESTINATION . COMPONENT kit EXCLUDE_FROM_ALL
  FILES_MATCHING PATTERN "*.py")
install(FILES scripts/peers/batched_peers.py scripts/peers/resamples.py
  DESTINATION peers COMPONENT kit EXCLUDE_FROM_ALL)
