#!/usr/bin/env bash
# Coverage-guided fuzzing of every parser: SharpFuzz marks the branches of a copy of the program, AFL++ looks for inputs that
# take new ones. The minutes are shared out; what ends a parser is kept in artifacts/fuzz/PARSER/default/crashes.
# usage: scripts/fuzz.sh minutes [configuration] [parser…]
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=$1 configuration=${2:-Release}
shift $(($# < 2 ? $# : 2))
out=$PWD/artifacts/fuzz
tools=$PWD/.cache/tools

[ -x "$tools/sharpfuzz" ] || dotnet tool install --tool-path "$tools" SharpFuzz.CommandLine --version 2.3.0
dotnet build fuzz/LiveFace.Fuzz -c "$configuration" --nologo -v quiet
mkdir -p "$out" && rm -rf "$out/program"
cp -r "fuzz/LiveFace.Fuzz/bin/$configuration/net10.0" "$out/program"
for library in LiveFace.WebRtc LiveFace.Media LiveFace.Vision LiveFace.Redaction LiveFace.Restoration LiveFace.Films LiveFace.Rooms liveface; do
    "$tools/sharpfuzz" "$out/program/$library.dll" > /dev/null
done

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
parsers=("$@")
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <("$out/program/LiveFace.Fuzz")
seconds=$((minutes * 60 / ${#parsers[@]}))
[ "$seconds" -ge 10 ] || seconds=10
found=0
for parser in "${parsers[@]}"; do
    rm -rf "${out:?}/$parser"
    afl-fuzz -V "$seconds" -t 10000 -m none -i "fuzz/corpus/$parser" -o "$out/$parser" \
        -- "$out/program/LiveFace.Fuzz" "$parser" > "$out/$parser.log" 2>&1 || { tail -n 30 "$out/$parser.log"; exit 1; }
    state=$out/$parser/default/fuzzer_stats
    value() { sed -n "s/^$1 *: *//p" "$state"; }
    crashes=$(find "$out/$parser/default/crashes" "$out/$parser/default/hangs" -name 'id:*' | wc -l)
    found=$((found + crashes))
    echo "$parser: $(value execs_done) inputs, $(value corpus_count) that take ways of their own, $crashes found"
done
[ "$found" -eq 0 ] || { echo "$found inputs end a parser: see $out"; exit 1; }
