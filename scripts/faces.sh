#!/usr/bin/env bash
# Brings the pictures together on which hiding is measured, and prints the folder.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=$PWD/.cache/faces
mkdir -p "$cache"

# package@version, then the folder inside of it that holds the pictures. Each package's licence is MIT or BSD.
fetch() {
    local folder=$cache/${1//[@\/]/_}
    [ -d "$folder" ] && return
    local work
    work=$(mktemp -d)
    (cd "$work" && npm pack --silent "$1" > name && tar xzf "$(tail -n 1 name)" "package/$2")
    find "$work/package/$2" -type f -not -name '*.jpg' -delete
    mv "$work/package/$2" "$folder"
    rm -rf "$work"
}

fetch tabler-ui@0.0.34 dist/demo/faces
fetch @vladmandic/face-api@1.7.15 demo
fetch tracking@1.1.3 examples/assets
echo "$cache"
