#!/usr/bin/env bash
# Builds once, prepares the models, lints, runs every test project one after the other (timings are asserted as ratios, and a
# neighbour would blur them), and ends with `N passed, N failed`.
# usage: scripts/test.sh [configuration] [part of the test classes' names]
set -uo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-Release}
filter=${2:-}
results=$PWD/artifacts/tests
rm -rf "$results" && mkdir -p "$results"

dotnet build LiveFace.sln -c "$configuration" --nologo -v quiet || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
"src/LiveFace/bin/$configuration/net10.0/liveface" models prepare --all || { echo "The models could not be prepared."; echo "0 passed, 1 failed"; exit 1; }

scripts/search-model.sh || { echo "The model of searches could not be fetched."; echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 failures=() names=()
failed_tests() { sed -n 's/.*<test [^>]*\bname="\([^"]*\)".*\bresult="\(Fail\|Skip\)".*/   \1/p' "$1"; }
attribute() { sed -n "s/.*<assembly [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

if [ -z "$filter" ]; then
    echo "── lint"
    if scripts/lint.sh; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1)) failures+=("lint")
    fi
fi

for folder in tests/*.Tests; do
    name=$(basename "$folder")
    program="$folder/bin/$configuration/net10.0/$name"
    report="$results/$name.xml"
    arguments=(-xml "$report" -noLogo -noColor)
    [ -n "$filter" ] && arguments+=(-class "*$filter*")
    echo "── $name"
    started=$SECONDS
    (cd "$(dirname "$program")" && timeout --kill-after=30 1800 "./$name" "${arguments[@]}") > "$results/$name.log" 2>&1
    status=$?
    if [ ! -s "$report" ]; then
        tail -n 60 "$results/$name.log"
        echo "   ended with status $status and without a report"
        failed=$((failed + 1)) failures+=("$name (no report)")
        continue
    fi

    p=$(attribute passed "$report") f=$(attribute failed "$report") e=$(attribute errors "$report") s=$(attribute skipped "$report")
    # A skipped test proves nothing, so it counts as a failed one.
    f=$((f + e + s))
    [ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f))
    echo "   $p passed, $f failed, $((SECONDS - started)) s"
    if [ "$f" -gt 0 ]; then
        failures+=("$name")
        grep -vE '^\s*$' "$results/$name.log" | tail -n 200
        names+=("$(failed_tests "$report")")
    fi
done

# The last lines are what is read first, and often all that is kept of a run elsewhere.
[ ${#failures[@]} -eq 0 ] || { echo "Failures in: ${failures[*]}"; printf '%s\n' "${names[@]}"; }
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
