// A function of a library that is looked for at run time.

#pragma once

#include <dlfcn.h>

namespace isoloss {

// Whether the library, a handle of dlopen, has it.
template <class Function>
bool find_symbol(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace isoloss
