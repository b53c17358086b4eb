# Tests that run what nvcc made of a kernel on the CPU; see README.md beside this file. They need
# nvcc but no GPU. Sanitizers would see nothing of the generated code, which is checked at every
# access anyway.

if(NOT ISOLOSS_NVCC)
  message(STATUS "No nvcc: the kernels are not tested through their PTX")
  return()
elseif(ISOLOSS_SANITIZE)
  return()
endif()

file(GLOB translator_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/translate/*.cpp)
list(FILTER translator_sources EXCLUDE REGEX /main.cpp$)
add_library(isoloss_ptx_translator STATIC ${translator_sources})
target_link_libraries(isoloss_ptx_translator PUBLIC isoloss_options fmt::fmt)
add_executable(isoloss_ptx_translate ${CMAKE_CURRENT_LIST_DIR}/translate/main.cpp)
target_link_libraries(isoloss_ptx_translate PRIVATE isoloss_ptx_translator)

# Generated code is not ours to warn about, long (-O2 takes twice the time of -O1), and checked by
# the runtime at every access.
set(translated_options "-w;-O1;-fno-sanitize=all")

# Adds the kernels of a .cu file to a target that links isoloss_ptx_runtime.
function(isoloss_ptx_on_cpu target file)
  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
  cmake_path(GET file STEM name)
  set(ptx ${PROJECT_BINARY_DIR}/ptx_on_cpu/${name}.ptx)
  add_custom_command(
    OUTPUT ${ptx}.cpp
    COMMAND ${ISOLOSS_NVCC_COMMAND} --ptx -arch=compute_90 -MD -MF ${ptx}.d -MT ${ptx}.cpp -o ${ptx}
      ${file}
    COMMAND isoloss_ptx_translate ${ptx} ${ptx}.cpp
    DEPENDS ${file} isoloss_ptx_translate
    DEPFILE ${ptx}.d
    COMMENT "Translating the PTX of ${name}.cu to C++"
    VERBATIM)
  set_source_files_properties(${ptx}.cpp PROPERTIES COMPILE_OPTIONS "${translated_options}")
  target_sources(${target} PRIVATE ${ptx}.cpp)
endfunction()

file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/ptx_on_cpu)
file(GLOB runtime_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/runtime/*.cpp)
add_library(isoloss_ptx_runtime STATIC ${runtime_sources})
target_link_libraries(isoloss_ptx_runtime PUBLIC isoloss_options)

file(GLOB ptx_test_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*_test.cpp)
isoloss_add_tests(isoloss_ptx_tests ${ptx_test_sources})
target_link_libraries(isoloss_ptx_tests PRIVATE
  isoloss_host isoloss_ptx_runtime isoloss_ptx_translator)
# The structs that kernels get need a name or two of the runtime, no function.
target_include_directories(isoloss_ptx_tests BEFORE PRIVATE
  ${PROJECT_SOURCE_DIR}/tests/cuda_on_cpu/include)
file(GLOB test_kernels CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/kernels/*.cu)
foreach(file ${test_kernels})
  isoloss_ptx_on_cpu(isoloss_ptx_tests ${file})
endforeach()
# The product's own kernels.
set(product_kernels ${PROJECT_SOURCE_DIR}/cuda/batch.cu ${PROJECT_SOURCE_DIR}/cuda/tape_starts.cu)
foreach(name chinchilla tape_5 tape_8 tape_16)
  list(APPEND product_kernels ${PROJECT_BINARY_DIR}/generated/cuda/${name}.cu)
endforeach()
foreach(file ${product_kernels})
  isoloss_ptx_on_cpu(isoloss_ptx_tests ${file})
endforeach()
include(${CMAKE_CURRENT_LIST_DIR}/texts/texts.cmake)

# What ptxas says of them for one architecture.
foreach(name batch chinchilla tape_8 tape_16 tape_starts)
  set(file ${product_kernels})
  list(FILTER file INCLUDE REGEX /${name}.cu$)
  set(own ${PROJECT_BINARY_DIR}/ptx_on_cpu/${name}_ptxas.txt)
  add_custom_command(
    OUTPUT ${own}
    COMMAND ${ISOLOSS_NVCC_COMMAND} -cubin -arch=sm_90 -Xptxas -v -MD -MF ${own}.d -MT ${own} -o
      ${own}.cubin ${file} > ${own} 2>&1
    DEPENDS ${file}
    DEPFILE ${own}.d
    COMMENT "Asking ptxas for the registers of ${name}.cu")
  target_sources(isoloss_ptx_tests PRIVATE ${own})
  list(APPEND ptxas_reports "\"${own}\"")
endforeach()
list(JOIN ptxas_reports , ptxas_reports)
list(JOIN ptxas_text_reports , ptxas_text_reports)
target_compile_definitions(isoloss_ptx_tests PRIVATE
  ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}" ISOLOSS_PTXAS_REPORTS=${ptxas_reports}
  ISOLOSS_PTXAS_TEXT_REPORTS=${ptxas_text_reports})
