#!/usr/bin/env bash
# Makes the clip that plays as the camera and a film, and takes the README's pictures with it.
# The portrait is astronaut.png of Debian's python3-skimage: NASA's picture of Eileen Collins, in the public domain. The groups
# are those of @vladmandic/face-api@1.7.15 (MIT).
# usage: scripts/screenshots.sh <program>
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts/clips
clip=artifacts/clips/camera.y4m
portrait=$(dpkg -L python3-skimage | grep '/astronaut.png$')
[ -s "$clip" ] || ffmpeg -v error -y -loop 1 -framerate 30 -i "$portrait" -f lavfi -i color=c=0x4a6b82:s=640x480:r=30 \
    -filter_complex "[0:v]crop=320:320:64:0,scale=480:480[f];[1:v][f]overlay=x='80+12*sin(PI*t)':y=0:eval=frame,format=yuv420p" -t 2 "$clip"
# Three pictures to enrol who is in the clip: as they are, mirrored, and darker.
for change in null hflip 'eq=brightness=-0.1'; do
    [ -s "artifacts/clips/enrol-${change%%=*}.png" ] || ffmpeg -v error -y -i "$portrait" -vf "scale=640:640,$change" "artifacts/clips/enrol-${change%%=*}.png"
done
faces=$(scripts/faces.sh)
film=artifacts/clips/talk.mp4
[ -s "$film" ] || ffmpeg -v error -y -loop 1 -framerate 15 -i "$(echo "$faces"/*face-api*/sample6.jpg)" -vf "scale=1280:-2,crop=960:640:x='4*n':y=80" \
    -frames:v 45 -c:v libx264 -pix_fmt yuv420p "$film"
node scripts/screenshots.mjs "$PWD/$1" "$PWD/$clip" "$PWD/$film" "$faces"/*face-api*/sample6.jpg "$portrait" "$faces"/*face-api*/sample2.jpg
