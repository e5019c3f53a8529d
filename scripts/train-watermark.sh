#!/usr/bin/env bash
# Trains the net that takes watermarks off from a folder of pictures (one folder in it for each set), and measures it.
# usage: scripts/train-watermark.sh PICTURES MINUTES
# Each step goes on where it was cut off: parts that are there are kept, and training goes on from its checkpoint.
set -euo pipefail
[ -n "${1:-}" ] && [ -d "$1" ] || { echo "Name a folder of pictures: make train-watermark PICTURES=folder" >&2; exit 1; }
pictures=$(realpath "$1") seconds=$((60 * $2))
cd "$(dirname "$0")/.."
out=$PWD/artifacts/watermark python=/usr/bin/python3
mkdir -p "$out"
scripts/search-model.sh
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
# Buffers of tens of megabytes are handed back and asked for at every step; keeping them saves a tenth of the time.
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=268435456
cd training/watermark
export PYTHONDONTWRITEBYTECODE=1
[ -s "$out/parts/gathered.json" ] || $python gather.py "$pictures" "$out/parts"
$python train.py "$out/parts" "$out/net" --seconds "$seconds" --eyes ../../models/resnet18.onnx
$python train.py "$out/parts" "$out/plain" --plain --seconds $((seconds / 8))
$python export.py "$out/net/checkpoint.pt" "$out/watermark.onnx" "$out/parity.bin"
$python evaluate.py "$out/parts" "$out/net/checkpoint.pt" --plain "$out/plain/checkpoint.pt" --card "$out/watermark.card.json"
$python reference.py "$out/parts" "$pictures" "$out/net/checkpoint.pt" "$out/watermark.card.json"
$python pictures.py curves "$out/net/log.jsonl" "$out/curves.png"
$python pictures.py sheet "$out/parts" "$out/net/checkpoint.pt" "$out/sheet.jpg"
echo "In $out: watermark.onnx, watermark.card.json, parity.bin, curves.png, sheet.jpg"
