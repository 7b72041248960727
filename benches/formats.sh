#!/usr/bin/env bash
# Draws the reports of 1000 invented schools in each format, by the whole program, five times each:
#   benches/formats.sh [PROGRAM]
# A line each: the report, the format, the fastest and the slowest run, the processor time, the peak of memory, the file.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/wxlicense}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
benches/invented-plan.sh 1000 >"$folder/plan.toml"
# The same schools with ten times as many and five more basic accounts.
sed 's/^basic = \([0-9]*\)/basic = \15/' "$folder/plan.toml" >"$folder/new.toml"

measure() {
  local report=$1 form=$2 runs
  shift 2
  runs=$(for _ in 1 2 3 4 5; do
    /usr/bin/time -f '%e %U %M' "$program" "$@" -o "$folder/x.$form" --force 2>&1 | tail -1
  done | sort -n)
  awk -v what="$report $form" -v bytes="$(wc -c <"$folder/x.$form")" '
    NR == 1 { first = $1 }
    { last = $1; time += $2; if ($3 > peak) peak = $3 }
    END {
      printf "%s: %.2f–%.2f s, processor %.2f s, ", what, first, last, time / NR
      printf "%.1f MB, file of %.2f MB\n", peak / 1024, bytes / 1e6
    }' <<<"$runs"
}

for form in txt json csv md html xlsx; do
  measure quote "$form" quote "$folder/plan.toml"
  measure "budget of 5 years" "$form" budget "$folder/plan.toml" --years 5
  measure calendar "$form" calendar "$folder/plan.toml"
  measure compare "$form" compare "$folder/plan.toml" "$folder/new.toml"
done
measure calendar ics calendar "$folder/plan.toml"
