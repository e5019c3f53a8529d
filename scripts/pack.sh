#!/usr/bin/env bash
# Makes the NuGet packages, with their symbols; versions come from git's tags (v1.2.3), between two tags as 1.2.4-alpha.0.N.
# usage: scripts/pack.sh [configuration] [folder]
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-Release}
folder=${2:-artifacts/packages}

# What others build on has the CPU's runtime, whatever this machine was told to build.
unset Cuda
for library in WebRtc Media Vision Redaction Client; do
    # Apart from the build's own output, which has no version out of tags and is not to be compiled again for it.
    dotnet pack "src/LiveFace.$library" -c "$configuration" -o "$folder" --artifacts-path artifacts/packing \
        -p:Packing=true -p:UseArtifactsOutput=true -p:RunAnalyzersDuringBuild=false --nologo -v quiet
done
ls "$folder"
