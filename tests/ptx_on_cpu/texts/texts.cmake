# Tapes as texts: what cuda/tape_text.cpp writes, translated as the kernels of nvcc are.

set(texts ${CMAKE_CURRENT_LIST_DIR})
add_executable(isoloss_write_text ${texts}/write_text.cpp
  ${PROJECT_SOURCE_DIR}/cuda/tape_text.cpp ${PROJECT_SOURCE_DIR}/cuda/spliced_function.cpp)
target_link_libraries(isoloss_write_text PRIVATE isoloss_host)

# Frames of a kernel that only evaluates, beside those of the product.
foreach(SIZE ${ISOLOSS_SOLVER_SIZES})
  set(file ${PROJECT_BINARY_DIR}/generated/cuda/evaluate_frame_${SIZE}.cu)
  configure_file(${texts}/evaluate_frame.cu.in ${file} @ONLY)
  isoloss_add_ptx(${file})
endforeach()

# Writes the text of a law of text_laws.h, within the frame that it is of the size of:
# ptx_on_cpu/FRAME_of_NAME.ptx. isoloss_write_text picks that of FRAME_SIZE.ptx.
function(isoloss_add_text name frame)
  set(made ${PROJECT_BINARY_DIR}/generated/cuda)
  set(ptx ${PROJECT_BINARY_DIR}/ptx_on_cpu/${frame}_of_${name}.ptx)
  list(TRANSFORM ISOLOSS_SOLVER_SIZES PREPEND ${made}/${frame}_ OUTPUT_VARIABLE frames)
  list(TRANSFORM frames APPEND .ptx)
  add_custom_command(
    OUTPUT ${ptx}
    COMMAND isoloss_write_text ${made}/${frame} ${made}/tape_functions.ptx ${name} ${ptx}
    DEPENDS isoloss_write_text ${frames} ${made}/tape_functions.ptx
    COMMENT "Writing the text of ${name}"
    VERBATIM)
endfunction()

# Adds the text to the tests.
function(isoloss_text_on_cpu name frame optimisation)
  set(ptx ${PROJECT_BINARY_DIR}/ptx_on_cpu/${frame}_of_${name}.ptx)
  isoloss_add_text(${name} ${frame})
  add_custom_command(
    OUTPUT ${ptx}.cpp
    COMMAND isoloss_ptx_translate ${ptx} ${ptx}.cpp
    DEPENDS ${ptx} isoloss_ptx_translate
    COMMENT "Translating the text of ${name} to C++"
    VERBATIM)
  set_source_files_properties(${ptx}.cpp PROPERTIES
    COMPILE_OPTIONS "${translated_options};${optimisation}")
  target_sources(isoloss_ptx_tests PRIVATE ${ptx}.cpp)
endfunction()

# Evaluated: every law that runs as a tape, and the formulas. They take longer to compile than to run.
set(text_laws ${ISOLOSS_LAWS})
list(REMOVE_ITEM text_laws ${ISOLOSS_TERM_LAWS})
file(STRINGS ${texts}/text_laws.h rows REGEX "^ +{\"formula_")
foreach(row ${rows})
  string(REGEX MATCH "formula_[a-z]+" name "${row}")
  list(APPEND text_laws ${name})
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${texts}/text_laws.h)
foreach(name ${text_laws})
  isoloss_text_on_cpu(${name} evaluate_frame -O0)
endforeach()
# Minimised and polished: one of each of two sizes.
foreach(name kaplan coupled)
  isoloss_text_on_cpu(${name} tape_frame -O1)
endforeach()

# What ptxas says of those, and of an ordinary formula.
isoloss_add_text(formula_chinchilla tape_frame)
foreach(name formula_chinchilla kaplan coupled)
  set(ptx ${PROJECT_BINARY_DIR}/ptx_on_cpu/tape_frame_of_${name}.ptx)
  cmake_path(GET ISOLOSS_NVCC PARENT_PATH toolkit)
  add_custom_command(
    OUTPUT ${ptx}as.txt
    COMMAND ${toolkit}/ptxas -arch=sm_90 -v -o ${ptx}.cubin ${ptx} > ${ptx}as.txt 2>&1
    DEPENDS ${ptx}
    COMMENT "Asking ptxas for the registers of the text of ${name}"
    VERBATIM)
  target_sources(isoloss_ptx_tests PRIVATE ${ptx}as.txt)
  list(APPEND ptxas_text_reports "\"${ptx}as.txt\"")
endforeach()
