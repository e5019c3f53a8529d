#!/usr/bin/env bash
# Trains the net that says what a picture is of, from a folder with images/ and ground_truth_mask/ (as ECSSD is kept), and measures it.
# usage: scripts/train-framing.sh FOLDER
# Each step goes on where it was cut off: features that are there are kept, and so are the runs that have their line.
set -euo pipefail
[ -n "${1:-}" ] && [ -d "$1/images" ] && [ -d "$1/ground_truth_mask" ] || {
    echo "Name a folder with images/ and ground_truth_mask/: make train-framing PICTURES=folder" >&2
    exit 1
}
pictures=$(realpath "$1")
cd "$(dirname "$0")/.."
scripts/search-model.sh
out=$PWD/artifacts/framing python=/usr/bin/python3 resnet=$PWD/models/resnet18.onnx
mkdir -p "$out"
cd training/framing
export PYTHONDONTWRITEBYTECODE=1
[ -s "$out/data.npz" ] || { $python gather.py "$pictures/images" "$pictures/ground_truth_mask" "$resnet" "$out/part.npz" && mv "$out/part.npz" "$out/data.npz"; }
$python train.py "$out/data.npz" "$out" search --runs 2 --epochs 2
$python train.py "$out/data.npz" "$out" final --epochs 3
$python train.py "$out/data.npz" "$out" folds --epochs 1
$python train.py "$out/data.npz" "$out" curve --epochs 1
$python export.py "$out/framing.pt" "$resnet" "$out/framing.onnx" "$out/parity.bin"
$python card.py "$out/data.npz" "$out" "$out/framing.card.json"
echo "In $out: framing.onnx, framing.card.json, parity.bin"
