#!/usr/bin/env bash
# Brings node_modules to what package-lock.json says; arguments go to npm (--omit=dev leaves the test tools out).
set -euo pipefail
cd "$(dirname "$0")/.."

command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later." >&2; exit 1; }
echo "Fetching npm packages (the SignalR client$([ $# -eq 0 ] && echo ', browser test tools'))"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
