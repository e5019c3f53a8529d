#!/usr/bin/env bash
# Trains a tiny net on made pictures, exports it, and holds ONNX Runtime to PyTorch within 1e-4.
# Apart from `make test`, because PyTorch is 400 MB; the shipped net is held to the same there.
# usage: scripts/test-training.sh [configuration]
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-Release} out=$PWD/artifacts/training
rm -rf "$out" && mkdir -p "$out"
(cd training/watermark && PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 /usr/bin/python3 tiny.py "$out")
dotnet build tests/LiveFace.Restoration.Tests -c "$configuration" --nologo -v quiet
(cd "tests/LiveFace.Restoration.Tests/bin/$configuration/net10.0" && LIVEFACE_PARITY="$out/tiny" ./LiveFace.Restoration.Tests -noLogo -noColor -class '*ParityTests')
