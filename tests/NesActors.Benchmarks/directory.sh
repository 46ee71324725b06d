#!/usr/bin/env bash
# Sets the look-ups of a key directory beside a bare endpoint of ASP.NET Core that serves as many bytes from memory: wrk, 64 connections, all of it on this machine.
#   directory.sh [sqlite|postgres] [USERS] [SECONDS] [STATEMENT]      default: sqlite 1000000 10 0; STATEMENT: characters that each user says for suite nes2 (about 2400)
# Needs wrk, curl and, for postgres, PostgreSQL (Debian: apt-get install wrk curl postgresql). With a million users it takes minutes and 10 GB below TMPDIR.
set -euo pipefail
cd "$(dirname "$0")"
database=${1:-sqlite} users=${2:-1000000} seconds=${3:-10} statement=${4:-0}
port=18471 bare_port=18472 pg_port=18473
work=$(mktemp -d) pids=()

cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

await() { # URL: until it answers at all
  for _ in $(seq 600); do curl -s -o "$work/answer" "$1" && return; sleep 0.1; done
  echo "nothing answers at $1" >&2; cat "$work"/*.log >&2; exit 1
}

serve() {
  "$work/nes/nes" directory serve --data "$work/data" --listen "http://127.0.0.1:$port" --activation none --limits off "${options[@]}" > "$work/serve.log" 2>&1 &
  server=$!; pids+=("$server"); await "http://127.0.0.1:$port/directory"
}

start_postgres() {
  local bin as_postgres=()
  bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  mkdir "$work/pg"
  if [ "$(id -u)" = 0 ]; then
    chmod 711 "$work"; chown postgres "$work/pg"; as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
  fi
  (cd "$work/pg" && "${as_postgres[@]}" "$bin/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --no-locale > /dev/null)
  (cd "$work/pg" && exec "${as_postgres[@]}" "$bin/postgres" -D "$work/pg/data" -h 127.0.0.1 -p "$pg_port" -k "" -c max_wal_size=8GB) > "$work/pg.log" 2>&1 &
  postgres=$!; pids+=("$postgres")
  for _ in $(seq 300); do "$bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port" && break; sleep 0.1; done
  "$bin/createdb" -h 127.0.0.1 -p "$pg_port" -U postgres nes
}

cpu() { # PID: hundredths of a second that it and the children of PostgreSQL used
  local stats=("/proc/$1/stat") child
  [ -z "${postgres:-}" ] || [ "$1" != "$server" ] || for child in $(pgrep -P "$postgres"); do stats+=("/proc/$child/stat"); done
  cat "${stats[@]}" 2>/dev/null | sed 's/.*) //' | awk '{ used += $12 + $13 } END { print used }'
}

measure() { # NAME URL SCRIPT PID
  wrk -t1 -c64 -d2s -s "Directory/wrk/$3" "$2" -- "$users" > /dev/null
  local before rate p99 errors cost
  before=$(cpu "$4")
  wrk -t1 -c64 -d"${seconds}s" --latency -s "Directory/wrk/$3" "$2" -- "$users" > "$work/wrk"
  cost=$(awk "/requests in/ { printf \"%.1f\", ($(cpu "$4") - $before) * 10000 / \$1 }" "$work/wrk")
  rate=$(awk '/Requests\/sec/ { printf "%.0f", $2 }' "$work/wrk")
  p99=$(awk '$1 == "99%" { print $2 }' "$work/wrk")
  errors=$(grep -E "Socket errors|Non-2xx" "$work/wrk" | grep -v "unknown" | tr -s ' ' || true)
  [ -n "${limit:-}" ] || limit=$rate
  printf '%-28s %8s/s   p99 %8s   processor %5s us   of bare %s' "$1" "$rate" "$p99" "$cost" "$(awk "BEGIN { printf \"%.2f\", $rate / $limit }")"
  [ "$3" = unknown.lua ] || printf '%s' "${errors:+  $errors}"
  printf '\n'
}

memory() { awk -v what="$1" '$1 == "VmRSS:" { now = $2 } $1 == "VmHWM:" { most = $2 } END { printf "%-28s %8.0f MiB   most %.0f MiB\n", what, now / 1024, most / 1024 }' "/proc/$server/status"; }

dotnet publish ../../src/NesActors.Cli -c Release -r linux-x64 --self-contained false -o "$work/nes" -v q --nologo > /dev/null
dotnet build -c Release -v q --nologo > /dev/null
bench=(dotnet run -c Release --no-build --)

options=() target="$work/data/directory.db"
if [ "$database" = postgres ]; then
  start_postgres
  target="Host=127.0.0.1;Port=$pg_port;Database=nes;Username=postgres"
  options=(--database postgres --postgres "$target")
fi

# The directory makes its key and its tables, then its database is filled behind its back.
serve
kill "$server"; wait "$server" || true
"${bench[@]}" seed "$target" "$users" "$statement"
begin=$(date +%s.%N)
serve
printf 'started with %s users in %.1f s\n' "$users" "$(awk "BEGIN { print $(date +%s.%N) - $begin }")"
memory "memory after the start"

curl -s "http://127.0.0.1:$port/users/user0000001" > "$work/answer"
size=$(stat -c %s "$work/answer")
dotnet bin/Release/net10.0/NesActors.Benchmarks.dll bare "$bare_port" "$size" > "$work/bare.log" 2>&1 &
bare=$!; pids+=("$bare"); await "http://127.0.0.1:$bare_port/"

echo "$database, $users users, answers of $size bytes, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
measure "bare endpoint" "http://127.0.0.1:$bare_port" known.lua "$bare"
measure "4,000 known names" "http://127.0.0.1:$port" known.lua "$server"
measure "unknown names" "http://127.0.0.1:$port" unknown.lua "$server"
measure "all names, evenly" "http://127.0.0.1:$port" spread.lua "$server"
limit="" measure "bare endpoint, again" "http://127.0.0.1:$bare_port" known.lua "$bare"
memory "memory"
echo "load at the end $(cut -d' ' -f1 /proc/loadavg)"
