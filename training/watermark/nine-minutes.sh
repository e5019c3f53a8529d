#!/usr/bin/env bash
# Nine minutes on one GPU: nine-minutes.sh PARTS OUT [what else train.py takes]
# PARTS as gather.py makes them, or what carry.py packed of them. Needs PyTorch 1.13 or newer with CUDA, onnx, NumPy and Pillow; nothing
# else is read. OUT/checkpoint.pt is what export.py takes; run again with a larger SECONDS_OF_TRAINING to go on from it.
set -euo pipefail
parts=$(realpath "$1") out=$2
shift 2
cd "$(dirname "$0")"
if compgen -G "$parts/*.tar" > /dev/null; then
    mkdir -p "$out/parts"
    python3 carry.py unpack "$parts" "$out/parts"
    parts=$out/parts
fi
exec python3 train.py "$parts" "$out" --seconds "${SECONDS_OF_TRAINING:-540}" --larger "${LARGER:-16}" --rate 2e-3 --open-eyes "$@"
