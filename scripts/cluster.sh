#!/usr/bin/env bash
# A cluster on this machine: a PostgreSQL of its own and three servers, until Ctrl-C. Everything lies in one folder and goes with it.
# usage: scripts/cluster.sh PROGRAM [first HTTP port]
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "$1") first=${2:-8080}
database=$((first + 100)) folder=$(mktemp -d /tmp/liveface-cluster-XXXXXX)
secret=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
tools=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
running=()

stop() {
    trap - EXIT INT TERM
    # Twice: who presses Ctrl-C does not want to wait for calls.
    for process in "${running[@]:1}"; do kill "$process" 2>/dev/null && sleep 0.3 && kill "$process" 2>/dev/null || true; done
    for process in "${running[@]:1}"; do wait "$process" 2>/dev/null || true; done
    [ ${#running[@]} -eq 0 ] || kill -INT "${running[0]}" 2>/dev/null || true
    [ ${#running[@]} -eq 0 ] || wait "${running[0]}" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# PostgreSQL refuses to run as root.
as_user=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
"${as_user[@]}" "$tools/initdb" -D "$folder/database" -U liveface --auth=trust -E UTF8 --locale=C --no-sync > /dev/null
"${as_user[@]}" "$tools/postgres" -D "$folder/database" -p "$database" -k "$folder" -c listen_addresses=127.0.0.1 2> "$folder/database.log" &
running+=($!)
until "$tools/pg_isready" -q -h 127.0.0.1 -p "$database"; do
    kill -0 "${running[0]}" || { cat "$folder/database.log"; exit 1; }
    sleep 0.1
done

connection="Host=127.0.0.1;Port=$database;Username=liveface;Database=postgres"
number=0
for node in a b c; do
    port=$((first + number))
    mkdir "$folder/$node"
    (cd "$folder/$node" && exec "$program" serve --Listen="http://localhost:$port" --Storage:Folder="$folder/$node" --Media:Port=$((8189 + number)) \
        --Films:Workers=0 --Access:AllowedOrigins:0="http://localhost:$first" --Access:AllowedOrigins:1="http://localhost:$((first + 1))" --Access:AllowedOrigins:2="http://localhost:$((first + 2))" \
        --Cluster:Node=$node --Cluster:Address="http://127.0.0.1:$((first + 50 + number))" --Cluster:Url="http://localhost:$port" \
        --Cluster:Secret="$secret" --Storage:Database="$connection" --Cluster:DrainMinutes=1 > "$folder/$node.log" 2>&1) &
    running+=($!)
    number=$((number + 1))
done
for number in 0 1 2; do
    until curl -sf "http://localhost:$((first + number))/health/ready" > /dev/null; do
        kill -0 "${running[$((number + 1))]}" || { cat "$folder"/*.log; exit 1; }
        sleep 0.2
    done
done

echo "Three nodes: http://localhost:$first, http://localhost:$((first + 1)), http://localhost:$((first + 2)). Their logs: $folder/*.log"
echo "Who owns what: http://localhost:$first/admin#cluster"
echo "Stop one: kill ${running[1]} (a), ${running[2]} (b), ${running[3]} (c); hold one: kill -STOP. Ctrl-C stops all."
wait "${running[0]}"
