#!/bin/sh
# Makes a folder with a plan, a roster of a million users, and account lists of 200 000 accounts in pages of 1000,
# all invented: benches/invented-wecom.sh FOLDER [USERS] [ACCOUNTS]
set -eu
folder=$1 users=${2:-1000000} accounts=${3:-200000}
mkdir -p "$folder"
awk -v users="$users" 'BEGIN {
  print "userid"
  for (i = 0; i < users; i++) printf "woAJ2GCAAA%022d\n", i * 7919 % 1000003
}' >"$folder/roster.csv"
awk -v accounts="$accounts" 'BEGIN {
  for (i = 0; i < accounts; i++) {
    if (i % 1000 == 0) printf "{\"errcode\":0,\"errmsg\":\"ok\",\"has_more\":%d,\"next_cursor\":\"p%d\",\"account_list\":[", i + 1000 < accounts, i / 1000 + 1
    printf "%s{\"userid\":\"woAJ2GCAAA%022d\",\"type\":%d,\"active_time\":%d,\"expire_time\":%d}", i % 1000 ? "," : "", i * 7919 % 1000003, i % 10 ? 1 : 2, 1668739098 + i % 90 * 86400, 1700880000 + i % 90 * 86400
    if (i % 1000 == 999 || i + 1 == accounts) print "]}"
  }
}' >"$folder/accounts.ndjson"
school='date = 2023-06-01

[[school]]
code = "1"
name = "示例学院"
industry = "教育/高等教育"
negotiated = { basic = "0.80", interop = "8.00" }'
app='[[school.app]]
id = "example_visitors"
authorized = 2022-08-23T09:00:00
roster = "roster.csv"'
held='held = [{ from = "accounts.ndjson" }]'
printf '%s\n%s\n' "$school" "$app" >"$folder/roster.toml"
printf '%s\n%s\nbasic = 180000\ninterop = 20000\n' "$school" "$held" >"$folder/accounts.toml"
printf '%s\n%s\n%s\n' "$school" "$held" "$app" >"$folder/both.toml"
