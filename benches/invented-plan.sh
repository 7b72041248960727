#!/bin/sh
# Prints a plan of as many schools as its argument says, with invented names and counts:
# benches/invented-plan.sh 1000 > 1000-schools.toml
awk -v schools="${1:-1000}" 'BEGIN {
  print "date = 2022-11-18"
  for (i = 0; i < schools; i++) {
    print "\n[[school]]"
    printf "code = \"%d\"\nname = \"示例学院 %d\"\n", i, i
    printf "basic = %d\ninterop = %d\n", 20 + i * 7 % 900, i % 4 * 30
    print "[[school.app]]\nid = \"a\"\nauthorized = 2022-10-01T08:00:00"
  }
}'
