#!/usr/bin/env bash
# Installs the Debian packages of the named lists (scripts/packages/NAME.txt) that are missing, after saying which.
set -euo pipefail
cd "$(dirname "$0")/packages"

command -v apt-get >/dev/null || {
    echo "This script knows Debian and Ubuntu. Install what scripts/packages/*.txt lists by other means." >&2
    exit 1
}

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

missing=()
while read -r -a choices; do
    for package in "${choices[@]}"; do
        if is_installed "$package"; then continue 2; fi
    done
    missing+=("${choices[*]}")
done < <(for list in "$@"; do grep -vE '^\s*(#|$)' "$list.txt"; done)

[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Not root and no sudo: install these packages yourself: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi

echo "Installing from this system's package archive: $(printf '%s, ' "${missing[@]%% *}" | sed 's/, $//')"
"${as_root[@]}" apt-get update -qq

wanted=()
for choices in "${missing[@]}"; do
    for package in $choices; do
        if apt-cache show "$package" >/dev/null 2>&1; then wanted+=("$package"); continue 2; fi
    done
    echo "None of these packages is in this system's archive: $choices" >&2
    exit 1
done
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" \
    -o Dpkg::Use-Pty=0 >/dev/null
