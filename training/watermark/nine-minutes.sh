#!/usr/bin/env bash
# Nine minutes on one GPU: nine-minutes.sh PARTS OUT [checkpoint.pt to begin from]
# PARTS as gather.py makes them (each below 57 MB, so that they can be carried one by one). Needs PyTorch 1.13 or newer with CUDA,
# and numpy; nothing else is read. OUT/checkpoint.pt is what export.py takes; run again with a larger SECONDS_OF_TRAINING to go on from it.
set -euo pipefail
parts=$(realpath "$1") out=$2
mkdir -p "$out" && out=$(realpath "$out")
init=()
[ $# -lt 3 ] || init=(--init "$(realpath "$3")")
cd "$(dirname "$0")"
exec python3 train.py "$parts" "$out" --seconds "${SECONDS_OF_TRAINING:-540}" --larger "${LARGER:-16}" --rate 2e-3 "${init[@]}"
