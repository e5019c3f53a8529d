#!/usr/bin/env bash
# Compiles the decoders' worker ahead of time and puts it beside the programs that use it.
# usage: decoder.sh CONFIGURATION PROGRAM-FOLDER…
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=$1; shift
case $(uname -m) in x86_64) machine=linux-x64 ;; aarch64) machine=linux-arm64 ;; *) echo "There is no ahead-of-time compiler for $(uname -m)." >&2; exit 1 ;; esac
dotnet publish src/LiveFace.Decoder -c "$configuration" -r "$machine" -p:Native=true -o artifacts/decoder --nologo -v quiet
for folder in "$@"; do
  if [ -d "$folder" ]; then install -m 755 artifacts/decoder/LiveFace.Decoder "$folder/liveface-decoder"; fi
done
