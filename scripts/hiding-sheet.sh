#!/usr/bin/env bash
# Hides the faces of twenty pictures as a room with the default policy does, and lays them out on a sheet.
# The pictures are those of scripts/faces.sh (MIT, BSD) and astronaut.png of Debian's python3-skimage: NASA's picture of
# Eileen Collins, in the public domain.
# usage: scripts/hiding-sheet.sh <program>
set -euo pipefail
cd "$(dirname "$0")/.."
faces=$(scripts/faces.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
people="female/1 female/9 female/14 female/20 female/26 female/31 male/1 male/9 male/18 male/24 male/33 male/41"
number=0
for picture in "$faces"/*face-api*/sample[1-6].jpg "$faces"/*tracking*/faces.jpg "$(dpkg -L python3-skimage | grep '/astronaut.png$')" \
    $(printf "$faces/tabler-ui_0.0.34/%s.jpg " $people); do
    ffmpeg -v error -y -i "$picture" -vf "scale='min(960,iw)':-2" -q:v 2 "$work/$(printf %02d $number).jpg"
    number=$((number + 1))
done

"$1" redact --force "$work"/*.jpg
for picture in "$work"/*.redacted.jpg; do
    ffmpeg -v error -y -i "$picture" -vf "scale=296:236:force_original_aspect_ratio=decrease,pad=300:240:-1:-1:white" -q:v 2 "${picture%.redacted.jpg}.tile.jpg"
done

ffmpeg -v error -y -pattern_type glob -i "$work/*.tile.jpg" -vf tile=5x4 -frames:v 1 -q:v 6 docs/pictures/hiding.jpg
