#!/usr/bin/env bash
# Runs a measurement of docs/reference/hiding.md on the pictures of scripts/faces.sh, or on folders of your own.
# usage: scripts/reidentify.sh configuration stills|films|pairs|enrol [folder...]
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=$1 what=$2
shift 2
if [ $# -eq 0 ]; then
    set -- "$(scripts/faces.sh)"
    # Pairs of different people are wanted, and some are in several of the other packages' pictures.
    [ "$what" != pairs ] || set -- "$1/tabler-ui_0.0.34"
fi
dotnet run --project bench/LiveFace.Reidentify -c "$configuration" -- "$what" "$@"
