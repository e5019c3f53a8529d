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
# Runs apt-get; while another program holds its lock, says so once and tries again.
apt() {
    local output said= deadline=$((SECONDS + ${APT_WAIT_SECONDS:-900}))
    until output=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -qq "$@" 2>&1); do
        if ! grep -qE 'Could not get lock|Unable to (acquire|lock)' <<< "$output" || [ $SECONDS -ge $deadline ]; then
            printf '%s\n' "$output" >&2
            return 1
        fi
        if [ -z "$said" ]; then
            said=$(grep -oE 'held by process .*' <<< "$output" | head -n 1) || true
            echo "Waiting for apt's lock, which is ${said:-held by another program}"
            said=yes
        fi
        sleep 1
    done
}

apt update

wanted=()
for choices in "${missing[@]}"; do
    for package in $choices; do
        if apt-cache show "$package" >/dev/null 2>&1; then wanted+=("$package"); continue 2; fi
    done
    echo "None of these packages is in this system's archive: $choices" >&2
    exit 1
done
apt install -y --no-install-recommends -o Dpkg::Use-Pty=0 "${wanted[@]}"
