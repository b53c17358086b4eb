# The host library: everything but fits/ (headers) and cuda/.

# Writes the list of the laws in a folder, one header a law.
function(isoloss_write_all_laws folder file)
  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.h)
  set(ISOLOSS_LAW_INCLUDES "")
  set(ISOLOSS_LAW_TYPES "")
  foreach(header ${headers})
    get_filename_component(law ${header} NAME_WE)
    string(APPEND ISOLOSS_LAW_INCLUDES "#include \"fits/laws/${law}.h\"\n")
    string(APPEND ISOLOSS_LAW_TYPES "  f.template operator()<laws::${law}>();\n")
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/host/laws/all_laws.h.in ${file} @ONLY)
endfunction()
isoloss_write_all_laws(${PROJECT_SOURCE_DIR}/fits/laws
                       ${PROJECT_BINARY_DIR}/generated/host/laws/all_laws.h)

# Writes the list of the formats in host/report/formats/, one source a format.
file(GLOB formats CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/report/formats/*.cpp)
foreach(source ${formats})
  get_filename_component(format ${source} NAME_WE)
  string(APPEND ISOLOSS_FORMAT_DECLARATIONS "extern const Format ${format};\n")
  list(APPEND format_names ${format})
endforeach()
list(TRANSFORM format_names PREPEND "format::")
list(JOIN format_names ", " ISOLOSS_FORMAT_NAMES)
set(file ${PROJECT_BINARY_DIR}/generated/host/report/formats.cpp)
configure_file(${PROJECT_SOURCE_DIR}/host/report/formats.cpp.in ${file} @ONLY)
set(text_sources ${file})

# Text that is part of the program: its data sets, the recipes of the literature, devices, the style
# and the script of its pages, and what draws its figures. "host/report/page.css" becomes page_css().
foreach(path datasets/datasets.toml fits/recipes.toml fits/devices.toml host/report/page.css
        host/report/page.js python/isoloss/_chart.py)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${path})
  file(READ ${PROJECT_SOURCE_DIR}/${path} ISOLOSS_TEXT)
  get_filename_component(name ${path} NAME)
  string(REGEX REPLACE "^_" "" name ${name})
  string(REPLACE "." "_" ISOLOSS_TEXT_NAME ${name})
  set(file ${PROJECT_BINARY_DIR}/generated/host/${ISOLOSS_TEXT_NAME}.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/host/base/compiled_text.cpp.in ${file} @ONLY)
  list(APPEND text_sources ${file})
endforeach()

# One translation unit a law and instruction set: run-time dispatch picks among them.
set(simd_levels portable)
set(simd_flags_portable "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND simd_levels avx2 avx512)
  set(simd_flags_avx2 -mavx2 -mfma)
  set(simd_flags_avx512 -mavx512f -mavx512dq -mavx512vl -mfma)
endif()
# _mm512_undefined_epi32 of GCC 12 initialises a variable with itself (GCC bug 105593).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND simd_flags_avx512 -Wno-maybe-uninitialized -Wno-uninitialized)
endif()
foreach(level ${simd_levels})
  set(SIMD ${level})
  foreach(LAW ${ISOLOSS_TERM_LAWS})
    set(file ${PROJECT_BINARY_DIR}/generated/host/simd/${LAW}_${level}.cpp)
    configure_file(${PROJECT_SOURCE_DIR}/host/simd/law.cpp.in ${file} @ONLY)
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${simd_flags_${level}}")
    list(APPEND simd_sources ${file})
  endforeach()
  foreach(passes screen tape)
    set(file ${PROJECT_BINARY_DIR}/generated/host/simd/${passes}_${level}.cpp)
    configure_file(${PROJECT_SOURCE_DIR}/host/simd/${passes}.cpp.in ${file} @ONLY)
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${simd_flags_${level}}")
    list(APPEND simd_sources ${file})
  endforeach()
endforeach()

file(GLOB_RECURSE host_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/*.cpp)
list(REMOVE_ITEM host_sources ${PROJECT_SOURCE_DIR}/host/main.cpp)
if(NOT TARGET ZLIB::ZLIB)
  list(REMOVE_ITEM host_sources ${PROJECT_SOURCE_DIR}/host/reading/gzip.cpp)
  set(file ${PROJECT_BINARY_DIR}/generated/host/reading/gzip.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/host/reading/gzip_without_zlib.cpp.in ${file} COPYONLY)
  list(APPEND host_sources ${file})
endif()
# A program may bring a registry of its own laws in place of this one.
set(registry ${PROJECT_SOURCE_DIR}/host/laws/registry.cpp)
list(REMOVE_ITEM host_sources ${registry})
isoloss_unite(host_units 48 ${host_sources})
# What reads command lines and describes answers takes no time, and much to compile and to hold.
set(small_sources ${host_units})
list(FILTER small_sources INCLUDE REGEX "/host/(commands|report)[/_]")
set_source_files_properties(${small_sources} PROPERTIES COMPILE_OPTIONS -Os)
add_library(isoloss_host STATIC ${host_units} ${registry} ${simd_sources} ${text_sources})
isoloss_share_units(isoloss_host)
target_compile_definitions(isoloss_host PUBLIC ISOLOSS_VERSION="${PROJECT_VERSION}")
target_link_libraries(isoloss_host PUBLIC
  $<BUILD_INTERFACE:isoloss_options> isoloss_cuda fmt::fmt CLI11::CLI11
  nlohmann_json::nlohmann_json Threads::Threads)
target_link_libraries(isoloss_host PRIVATE $<BUILD_INTERFACE:tomlplusplus::tomlplusplus>)
if(TARGET ZLIB::ZLIB)
  target_link_libraries(isoloss_host PUBLIC ZLIB::ZLIB)
endif()

# What an installed program finds in share/isoloss, links to the sources in a build.
function(isoloss_add_data folder name)
  set(link ${PROJECT_BINARY_DIR}/share/isoloss/${name})
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/isoloss)
  # Where build/ is itself a link, the way back begins where it really lies.
  file(REAL_PATH ${PROJECT_BINARY_DIR}/share/isoloss from)
  file(REAL_PATH ${PROJECT_SOURCE_DIR}/${folder} to)
  file(RELATIVE_PATH target ${from} ${to})
  file(CREATE_LINK ${target} ${link} SYMBOLIC)
  install(DIRECTORY ${folder}/ DESTINATION share/isoloss/${name} COMPONENT isoloss)
endfunction()
isoloss_add_data(datasets datasets)
isoloss_add_data(fits/published published)
# What scripts/setup fetched for pages, if it did.
install(DIRECTORY build/share/isoloss/plotly DESTINATION share/isoloss COMPONENT isoloss OPTIONAL)
