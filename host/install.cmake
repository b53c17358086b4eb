# The library for other programs: `cmake --install BUILD`, then
# find_package(isoloss) and the target isoloss::isoloss; see host/isoloss.h.

include(CMakePackageConfigHelpers)

set(package lib/cmake/isoloss)
set_target_properties(isoloss_host PROPERTIES EXPORT_NAME isoloss)
target_compile_features(isoloss_host PUBLIC cxx_std_20)
target_include_directories(isoloss_host INTERFACE
  $<INSTALL_INTERFACE:include> $<INSTALL_INTERFACE:include/isoloss>)
install(TARGETS isoloss_host isoloss_cuda EXPORT isoloss-targets
  ARCHIVE DESTINATION lib COMPONENT devel)
install(EXPORT isoloss-targets NAMESPACE isoloss:: DESTINATION ${package}
  COMPONENT devel)
foreach(folder host fits)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder} DESTINATION include/isoloss
    COMPONENT devel
    FILES_MATCHING PATTERN "*.h")
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/cuda/engine.h ${PROJECT_SOURCE_DIR}/cuda/device_error.h
  DESTINATION include/isoloss/cuda COMPONENT devel)

file(WRITE ${PROJECT_BINARY_DIR}/isoloss.h "#pragma once\n\n#include \"isoloss/host/isoloss.h\"\n")
install(FILES ${PROJECT_BINARY_DIR}/isoloss.h DESTINATION include COMPONENT devel)

get_target_property(linked isoloss_cuda LINK_LIBRARIES)
set(ISOLOSS_NEEDS_CUDART FALSE)
if("CUDA::cudart_static" IN_LIST linked)
  set(ISOLOSS_NEEDS_CUDART TRUE)
endif()
set(ISOLOSS_NEEDS_ZLIB FALSE)
if(TARGET ZLIB::ZLIB)
  set(ISOLOSS_NEEDS_ZLIB TRUE)
endif()
configure_package_config_file(${PROJECT_SOURCE_DIR}/host/isoloss-config.cmake.in
  ${PROJECT_BINARY_DIR}/isoloss-config.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/isoloss-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/isoloss-config.cmake
  ${PROJECT_BINARY_DIR}/isoloss-config-version.cmake
  DESTINATION ${package} COMPONENT devel)
