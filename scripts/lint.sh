#!/usr/bin/env bash
# Checks what no compiler of the build reads: the pages' modules by ESLint and TypeScript, and the layout of the C# code.
set -euo pipefail
cd "$(dirname "$0")/.."

node_modules/.bin/eslint wwwroot
node_modules/.bin/tsc --project tsconfig.json
dotnet format whitespace . --folder --verify-no-changes --exclude node_modules artifacts .cache
echo "No complaints."
