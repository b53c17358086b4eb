#!/usr/bin/env bash
# Runs steps of the kit: bash .kit/run.sh [STEP ...]; --help lists them.
exec "${PYTHON:-python3}" -B "$(dirname "$(readlink -f "$0")")/runner" "$@"
