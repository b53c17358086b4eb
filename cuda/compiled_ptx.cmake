# Writes the file behind cuda/compiled_ptx.h: cmake -DFOLDER=.. -DSIZES=5,8 -DOUT=.. -P compiled_ptx.cmake
# FOLDER has the .ptx files. Comments and what stands at the ends of lines are left out.

function(add_text name file)
  file(READ ${FOLDER}/${file}.ptx text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "[ \t]*\n+" "\n" text "${text}")
  string(APPEND functions "constexpr char ${name}[] = R\"ptx(${text})ptx\";\n")
  set(functions "${functions}" PARENT_SCOPE)
endfunction()

set(functions "")
set(cases "")
add_text(kFunctions tape_functions)
string(REPLACE "," ";" SIZES ${SIZES})
foreach(size ${SIZES})
  add_text(kFrame${size} tape_frame_${size})
  string(APPEND cases "  if (size == ${size}) return view_of(kFrame${size});\n")
endforeach()
file(WRITE ${OUT} "#include \"cuda/compiled_ptx.h\"

namespace isoloss {
namespace {

${functions}
template <std::size_t size>
std::string_view view_of(const char (&text)[size]) {
  return {text, size - 1};
}

}  // namespace

std::string_view tape_functions_ptx() { return view_of(kFunctions); }

std::string_view tape_frame_ptx(int size) {
${cases}  return {};
}

}  // namespace isoloss
")
