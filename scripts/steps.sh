# shellcheck shell=bash
# Sourced by the scripts beside it. Everything here speaks on stderr: stdout belongs to the program.

say() { printf '%s\n' "$*" >&2; }

# Runs a command after one line that says what it does. What the command prints is shown only if it
# fails; the exit code is the command's.
step() {  # sentence, command...
  say "$1 ..."
  shift
  local log code=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || code=$?
  if ((code != 0)); then
    cat "$log" >&2
    say "failed with exit code $code: $*"
  fi
  rm -f "$log"
  return "$code"
}

# Configures and builds one preset of CMakePresets.json. Configuring again is cheap and notices new
# files and changed presets.
build_preset() {  # preset, further arguments of the configuration ...
  cmake --preset "$@" && cmake --build "build/$1" --parallel "$(nproc)"
}
