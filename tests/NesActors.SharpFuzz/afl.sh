#!/usr/bin/env bash
# Drives a parser by afl-fuzz: ./afl.sh frame|plaintext|answer|nes2-frame|nes2-message|nes2-statement [SECONDS]
# Needs afl-fuzz (Debian: afl++) and sharpfuzz (dotnet tool install -g SharpFuzz.CommandLine).
set -euo pipefail
cd "$(dirname "$0")"

harness=${1:?"usage: $0 frame|plaintext|answer|nes2-frame|nes2-message|nes2-statement [SECONDS]"}
seconds=${2:-60}
for tool in afl-fuzz sharpfuzz; do
  command -v "$tool" > /dev/null || { echo "$tool is not installed; the first lines of this script say where it comes from." >&2; exit 1; }
done

# A program for each harness, so that several can run at once.
out=bin/afl
program=$out/$harness-program
rm -rf "$program" "$out/$harness-seeds"
dotnet publish -c Release -o "$program" -v q
# From the program as it is, before it reports each branch that it takes.
dotnet "$program/NesActors.SharpFuzz.dll" seeds "$harness" "$out/$harness-seeds"
for assembly in NesActors.Crypto.RsaAes NesActors.Crypto.Nes2 NesActors.Records NesActors.Core NesActors.Contracts; do
  sharpfuzz "$program/$assembly.dll"
done

# Nothing of suite nes2 is JSON.
dictionary=(-x json.dict)
[[ $harness == nes2-* ]] && dictionary=()

export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1
# -m none: .NET reserves far more memory than it uses. The program takes a while to start.
afl-fuzz -i "$out/$harness-seeds" -o "$out/$harness" "${dictionary[@]}" -V "$seconds" -t 10000 -m none -- dotnet "$program/NesActors.SharpFuzz.dll" "$harness" \
  > "$out/$harness.log" || { tail "$out/$harness.log"; exit 1; }
grep -E '^(execs_done|execs_per_sec|corpus_count|saved_crashes|saved_hangs|bitmap_cvg)' "$out/$harness/default/fuzzer_stats"
