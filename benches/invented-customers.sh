#!/bin/sh
# Prints a spreadsheet of as many customers as its argument says, with invented names and counts, as CSV:
# benches/invented-customers.sh 10000 > customers.csv
awk -v schools="${1:-10000}" 'BEGIN {
  print "学校,编码,企业ID,行业,认证,状态,基础账号,互通账号,时长,联系人,备注"
  for (i = 0; i < schools; i++) {
    printf "示例学院 %d,%d,ww%016d,教育/高等教育,已认证,已确认,", i, i, i
    printf "\"%d,%03d\",%d,1年,invented,invented\n", 1 + i % 9, i * 7 % 1000, i % 4 * 30
  }
}'
