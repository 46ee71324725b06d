#!/usr/bin/env bash
# What commands of a published nes cost from start to exit, beside a program that prints one word and ends, in turns.
# A broker and a key directory run in a process of their own, and so does a session of ann's; ben has none.
# Usage: start.sh [RUNS]; RUNS: of each command, 15 by default.
set -euo pipefail
runs=${1:-15}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" || true; done
  rm -rf "$work"
}
trap finish EXIT

await() { # WORD FILE
  for _ in $(seq 300); do grep -q "$1" "$2" && return; sleep 0.1; done
  cat "$2" >&2; exit 1
}

mkdir "$work/bare" "$work/home"
cat > "$work/bare/bare.csproj" <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <InvariantGlobalization>true</InvariantGlobalization>
    <PublishReadyToRun>true</PublishReadyToRun>
    <EventSourceSupport>false</EventSourceSupport>
    <ConcurrentGarbageCollection>false</ConcurrentGarbageCollection>
  </PropertyGroup>
</Project>
END
echo 'System.Console.WriteLine("word");' > "$work/bare/Program.cs"
rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet publish "$work/bare" -c Release -r "$rid" --self-contained false -o "$work/out" -v q --nologo
dotnet publish "$root/src/NesActors.Cli" -c Release -r "$rid" --self-contained false -o "$work/nes" -v q --nologo
nes="$work/nes/nes"
export HOME="$work/home"

"$nes" up --data "$work/up" --broker-port 18831 --directory-port 18832 > "$work/up.log" 2>&1 & pids+=($!)
await 'Ctrl-C ends' "$work/up.log"
network=(-b mqtt://127.0.0.1:18831 -p http://127.0.0.1:18832 -P "$work/up/directory.pub")
for user in ann ben; do
  "$nes" generate -q -u $user
  "$nes" register -q -u $user -e $user@example.org "${network[@]}" > /dev/null
done
"$nes" serve -u ann "${network[@]}" > /dev/null 2> "$work/serve.log" & pids+=($!)
await online "$work/serve.log"

names=("a program that prints one word" "nes version" "nes send, handed over" "nes history, handed over" "nes status, handed over" "nes send, alone")
run() {
  case $1 in
    0) "$work/out/bare" ;;
    1) "$nes" version ;;
    2) "$nes" send -q -u ann -t ben -m hi "${network[@]}" ;;
    3) "$nes" history -u ann ben --limit 5 "${network[@]}" ;;
    4) "$nes" status -u ann "${network[@]}" ;;
    5) "$nes" send -q -u ben -t ann -m hi "${network[@]}" ;;
  esac
}

echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
# The first runs of each warm the session up.
for turn in $(seq -3 "$runs"); do
  for which in "${!names[@]}"; do
    before=$(date +%s%N)
    TIMEFORMAT='%U %S'
    used=$({ time run "$which" > /dev/null 2>> "$work/errors.log"; } 2>&1)
    after=$(date +%s%N)
    [[ $turn -le 0 ]] || echo "$used $(((after - before) / 1000))" >> "$work/times.$which"
  done
done
printf '%-32s %28s %28s\n' "" "processor time, ms" "wall time, ms"
printf '%-32s %28s %28s\n' "" "least  median   most" "least  median   most"
for which in "${!names[@]}"; do
  summary() { sort -n | awk '{ v[NR] = $1 } END { printf "%6.0f %7.0f %6.0f", v[1], v[int((NR + 1) / 2)], v[NR] }'; }
  cpu=$(awk '{ print ($1 + $2) * 1000 }' "$work/times.$which" | summary)
  wall=$(awk '{ print $3 / 1000 }' "$work/times.$which" | summary)
  printf '%-32s %28s %28s\n' "${names[$which]}" "$cpu" "$wall"
done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
