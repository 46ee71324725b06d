#!/bin/sh
# Sets suite "nes1" beside what this machine's RSA can do, in one run: `openssl speed`, bare OpenSSL calls, the suite.
# All rates are for RSA 2048, one core, a second of processor time. Takes about half a minute. Optional: seconds for the suite's part.
set -eu
cd "$(dirname "$0")"
dotnet build -c Release -v q --nologo >/dev/null
if command -v openssl >/dev/null; then
    openssl version
    openssl speed -seconds 3 rsa2048 2>/dev/null | grep -E 'sign/s|^rsa'
else
    echo "openssl is not installed: its own figures are left out"
fi
dotnet run -c Release --no-build -- limits "$@"
