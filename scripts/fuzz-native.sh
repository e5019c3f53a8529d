#!/usr/bin/env bash
# Feeds libvpx, OpenH264, libjpeg-turbo, libspng and libwebp, as Debian builds them, with damaged copies of streams and pictures
# under valgrind, which sees each read and write over an edge. Seeds are FFmpeg's test picture in each format; every copy comes
# of its number, so that what is found is found again.
# usage: scripts/fuzz-native.sh copies [first]
set -euo pipefail
cd "$(dirname "$0")/.."
copies=$1 first=${2:-1}
out=$PWD/artifacts/fuzz-native
mkdir -p "$out"
gcc -std=c11 -O1 -g -Wall -Wextra -o "$out/decoders" fuzz/native/decoders.c -lvpx -lopenh264 -lturbojpeg -lspng -lwebp

seed() { # name, picture source, options…
    local name=$1 source=$2
    shift 2
    [ -f "$out/$name" ] || ffmpeg -v error -y -f lavfi -i "$source" -pix_fmt yuv420p "$@" "$out/$name"
}
moving=testsrc2=size=112x80:rate=10:duration=0.8
still=testsrc2=size=97x61:rate=1:duration=1
seed vp8.ivf "$moving" -c:v libvpx -g 4 -b:v 200k
seed vp9.ivf "$moving" -c:v libvpx-vp9 -g 4 -b:v 200k -deadline realtime
seed h264.h264 "$moving" -c:v libx264 -profile:v high -bf 0 -g 4 -x264-params aud=1
seed baseline.h264 "$moving" -c:v libx264 -profile:v baseline -g 4 -x264-params aud=1
seed jpeg.jpg "$still" -pix_fmt yuvj420p -frames:v 1
seed png.png "$still" -pix_fmt rgba -frames:v 1
seed paletted.png "$still" -pix_fmt pal8 -frames:v 1
seed lossy.webp "$still" -c:v libwebp -frames:v 1
seed lossless.webp "$still" -c:v libwebp -lossless 1 -pix_fmt bgra -frames:v 1

found=0
for file in vp8.ivf vp9.ivf h264.h264 baseline.h264 jpeg.jpg png.png paletted.png lossy.webp lossless.webp; do
    case $file in
        vp8*) kind=vp8 ;; vp9*) kind=vp9 ;; *.h264) kind=h264 ;; *.jpg) kind=jpeg ;; *.png) kind=png ;; *) kind=webp ;;
    esac
    if valgrind --quiet --error-exitcode=9 --undef-value-errors=no --log-file="$out/$file.log" \
        "$out/decoders" "$kind" "$out/$file" "$first" "$copies" > "$out/$file.txt" 2> "$out/$file.err"; then
        echo "$file: $(cat "$out/$file.txt"), clean"
    else
        found=$((found + 1))
        echo "$file: see $out/$file.log and $out/$file.err"
    fi
done
[ "$found" -eq 0 ]
