#!/usr/bin/env bash
# How fast does `kontor serve` answer what it has already? 20 seconds with 16 connections on the project and on rows of a
# result. Needs wrk (scripts/install dev) and, as the answer that it must still give, no error and a p99 below 50 ms.
#
#   benchmarks/serve.sh [KONTOR] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
kontor=${1:-build/release/kontor} seconds=${2:-20}
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
server=

mkdir -p "$folder/examples"
cp -r data "$folder/data"
cp -r examples/finland-full "$folder/examples/"
"$kontor" run "$folder/examples/finland-full/programme.toml" --quiet > /dev/null
"$kontor" serve "$folder" > "$folder/address" &
server=$!
until [ -s "$folder/address" ]; do sleep 0.1; done
address=$(cat "$folder/address")
base=${address%%/\?*}
cookie=$(python3 - "$address" <<'PY'
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).headers["Set-Cookie"].split(";")[0])
PY
)
result=$(python3 - "$base" "$cookie" <<'PY'
import json, sys, urllib.request
print(json.load(urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "/api/project", headers={"Cookie": sys.argv[2]})))["results"][0]["id"])
PY
)
for path in /api/project "/api/results/$result/rows?indicator=real_income&measure=&term="; do
  echo "$path"
  # Once before: what is asked is the answer that it has already, and wrk counts one slow first answer as many.
  python3 -c 'import sys, urllib.request as u; u.urlopen(u.Request(sys.argv[1], headers={"Cookie": sys.argv[2]})).read()' "$base$path" "$cookie"
  wrk -t 2 -c 16 -d "${seconds}s" --latency -H "Cookie: $cookie" "$base$path" | grep -E '50%|99%|Requests/sec|Non-2xx|Socket errors' || true
done
