#!/usr/bin/env bash
# Builds the CPU image from the Dockerfile and runs it, without Docker: buildah reads the Dockerfile, and the base images are made
# of this machine, Debian by debootstrap from its own archive, .NET and Node as they are installed. The image is started as its
# own user on a read-only root; it has to pass its health check, serve the page, ask for a key and hide a face.
# usage: scripts/image-test.sh   (as root; KEEP=yes keeps the base images for the next run)
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "Building a root file system needs root: sudo make image-test" >&2; exit 1; }

work=$PWD/.cache/image
mkdir -p "$work"
export BUILDAH_ISOLATION=chroot
engine() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
fail() { echo "image-test: $*" >&2; exit 1; }

release=$(. /etc/os-release && echo "$VERSION_CODENAME")
archive=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' "Created-By: Packages" | awk -v r="$release" '$1 == r { print $2; exit }')
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
node=$(readlink -f "$(command -v node)")
modules=$(npm root -g)

# ---- base images
from_folder() { # NAME FOLDER [env…]
    local container name=$1 folder=$2
    shift 2
    container=$(engine from scratch)
    engine add -q "$container" "$folder" / >/dev/null
    for setting in "$@"; do engine config --env "$setting" "$container"; done
    engine commit -q "$container" "$name" >/dev/null
    engine rm "$container" >/dev/null
}
has() { engine inspect --type image "$1" >/dev/null 2>&1; }

if ! has localhost/debian; then
    echo "── Debian $release by debootstrap"
    rm -rf "$work/debian"
    debootstrap --variant=minbase "$release" "$work/debian" "$archive" > "$work/debootstrap.log" 2>&1 || { tail -n 5 "$work/debootstrap.log"; fail "debootstrap failed"; }
    rm -rf "$work/debian/var/cache/apt/archives/"*.deb
    from_folder localhost/debian "$work/debian"
fi

# What the machine was told of its registries and their certificates goes into the images that build, and not into the last.
tooled() {
    cp -a "$work/debian/." "$1"
    mkdir -p "$1/root/.nuget/NuGet" "$1/etc/ssl/certs" "$1/usr/local/bin" "$1/usr/local/lib/node_modules"
    for file in /root/.npmrc /etc/npmrc /root/.nuget/NuGet/NuGet.Config /etc/ssl/certs/ca-certificates.crt; do
        if [ -e "$file" ]; then mkdir -p "$1$(dirname "$file")" && cp "$file" "$1$file"; fi
    done
}
certificates=(SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt)
if ! has localhost/node; then
    echo "── Node $("$node" --version)"
    rm -rf "$work/node"
    mkdir -p "$work/node"
    tooled "$work/node"
    cp "$node" "$work/node/usr/local/bin/node"
    cp -a "$modules/npm" "$work/node/usr/local/lib/node_modules/"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$work/node/usr/local/bin/npm"
    ldd "$node" | awk '$3 ~ /^\// { print $3 }' | while read -r library; do
        [ -e "$work/node$library" ] || install -D "$(readlink -f "$library")" "$work/node$library"
    done
    from_folder localhost/node "$work/node" "${certificates[@]}"
    rm -rf "$work/node"
fi
if ! has localhost/sdk; then
    echo "── .NET SDK $(dotnet --version)"
    rm -rf "$work/sdk" "$work/aspnet"
    mkdir -p "$work/sdk/usr/share" "$work/aspnet/usr/share/dotnet/shared"
    tooled "$work/sdk"
    cp -a "$dotnet" "$work/sdk/usr/share/dotnet"
    ln -sf ../share/dotnet/dotnet "$work/sdk/usr/bin/dotnet"
    # Microsoft's image has these of its own.
    chroot "$work/sdk" bash -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libssl3 libstdc++6' > "$work/sdk.log" 2>&1 ||
        { tail -n 5 "$work/sdk.log"; fail "the SDK's image takes no packages"; }
    runtime=$(dotnet --list-runtimes | awk '$1 == "Microsoft.AspNetCore.App" { v = $2 } END { print v }')
    cp -a "$dotnet/dotnet" "$dotnet/host" "$work/aspnet/usr/share/dotnet/"
    for part in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        mkdir -p "$work/aspnet/usr/share/dotnet/shared/$part"
        cp -a "$dotnet/shared/$part/$runtime" "$work/aspnet/usr/share/dotnet/shared/$part/"
    done
    from_folder localhost/sdk "$work/sdk" "${certificates[@]}" NUGET_CERT_REVOCATION_MODE=offline DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    from_folder localhost/aspnet "$work/aspnet"
    rm -rf "$work/sdk" "$work/aspnet"
fi

# ---- the image
echo "── the image"
engine build --format docker --network host --target cpu -t localhost/liveface --build-arg NODE_IMAGE=localhost/node --build-arg SDK_IMAGE=localhost/sdk \
    --build-arg ASPNET_IMAGE=localhost/aspnet --build-arg DEBIAN_IMAGE=localhost/debian . > "$work/build.log" 2>&1 || { tail -n 30 "$work/build.log"; fail "the image was not built"; }

container=$(engine from localhost/liveface)
root=$(engine mount "$container")
server=
cleanup() {
    # unshare itself takes no SIGTERM, and its end ends what it started.
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    engine umount "$container" >/dev/null
    engine rm "$container" >/dev/null
    [ "${KEEP:-}" = yes ] || rm -rf "$work/storage" "$work/run" "$work/debian"
}
trap cleanup EXIT

field() { engine inspect --type image --format "{{$1}}" localhost/liveface; }
user=$(field .Docker.Config.User)
[ "$user" = liveface ] || fail "the image runs as '$user'"
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')

# ---- run it: a root that takes no writes, but for what compose.yaml gives it
echo "── its start, as $user on a read-only root"
unshare --mount --pid --fork --kill-child --propagation private bash -ec '
    root=$1 port=$2
    mount --bind "$root" "$root"
    mount --rbind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    mount -t tmpfs -o uid=10001,gid=10001 tmpfs "$root/app/data"
    mount -o remount,bind,ro "$root"
    cd /
    exec chroot --userspec=10001:10001 --groups= "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/app DOTNET_ROOT=/usr/share/dotnet \
        DOTNET_EnableDiagnostics=0 ORT_DISABLE_TELEMETRY=1 "Listen=http://*:$port" Media__Port=0 \
        /bin/bash -c "touch /app/written 2>/dev/null && echo ROOT-IS-WRITABLE; cd /app && exec /app/liveface serve"
' bash "$root" "$port" > "$work/server.log" 2>&1 &
server=$!

for _ in $(seq 300); do
    curl -fsS "http://127.0.0.1:$port/health/live" >/dev/null 2>&1 && break
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; fail "the server ended"; }
    sleep 0.2
done
health=$(field '(index .Docker.Config.Healthcheck.Test 3)')
chroot --userspec=10001:10001 "$root" /usr/bin/env PORT="$port" bash -c "$health" || { cat "$work/server.log"; fail "the image's own health check does not pass"; }
! grep -q ROOT-IS-WRITABLE "$work/server.log" || fail "the root takes writes"
owner=$(ps -eo uid=,args= | awk -v path=/app/liveface '$2 == path { print $1; exit }')
[ "$owner" = 10001 ] || fail "the server runs as user ${owner:-nobody}"

[[ $(curl -fsS "http://127.0.0.1:$port/") == *LiveFace* ]] || fail "the page is not served"
curl -fsS -o /dev/null "http://127.0.0.1:$port/lib/signalr.js" || fail "the hub's client is not served"
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/api/rooms")" = 401 ] || fail "no key is asked for"
key=$(grep -oE 'lf_[A-Za-z0-9_-]+' "$work/server.log" | head -n 1)
[ -n "$key" ] || { cat "$work/server.log"; fail "no key was printed"; }

echo "── a picture"
picture=/usr/lib/python3/dist-packages/skimage/data/astronaut.png
found=$(curl -fsS -D - -o "$work/hidden.png" -H "Authorization: Bearer $key" -H 'Content-Type: image/png' --data-binary "@$picture" \
    "http://127.0.0.1:$port/api/redact" | tr -d '\r' | awk -F': ' 'tolower($1) == "liveface-found" { print $2 }')
[ "${found:-0}" -ge 1 ] || fail "no face was found"
head -c 8 "$work/hidden.png" | grep -q PNG || fail "no picture came back"

node -e '
    const { models } = JSON.parse(require("fs").readFileSync(process.argv[1] + "/models.json", "utf8"));
    const missing = models.filter((model) => model.on && ![`/${model.id}.onnx`, `/own/${model.id}.onnx`].some((file) => require("fs").existsSync(process.argv[1] + file)));
    if (missing.length > 0) { console.error(missing.map((model) => model.id).join(", ")); process.exit(1); }
' "$root/app/models" || fail "these models are on, and the image lacks them"
[[ $(curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: image/png' --data-binary "@$picture" \
    "http://127.0.0.1:$port/api/detect?attributes=age,gender,emotion") == *'"years"'* ]] || fail "no face was read"

kill -TERM "$(ps -eo pid=,args= | awk '$2 == "/app/liveface" && $3 == "serve" { print $1; exit }')"
wait "$server" || fail "it did not end well on SIGTERM ($?)"
server=

size() { du -sm --apparent-size "$@" | cut -f1; }
whole=$(size "$root") models=$(size "$root/app/models") program=$(size "$root/app") runtime=$(size "$root/usr/share/dotnet")
echo "── $whole MB: the program $((program - models)), its models $models, .NET $runtime, Debian and its packages $((whole - program - runtime))"
echo "The image starts, keeps to its user and hides a face."
