#!/usr/bin/env bash
# Draws the picture of the READMEs anew, from what the program says, in both languages:
#
#   cargo build && docs/pictures.sh target/debug/wxlicense
#
# Needs chromium, pngquant and fonts-noto-cjk of Debian. Look at docs/pictures/ before you commit it.
set -euo pipefail
program=$(realpath "${1:?usage: docs/pictures.sh PROGRAM}")
cd "$(dirname "$0")/.."
pictures=docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nothing of the caller's surroundings shows in a picture.
unset NO_COLOR CLICOLOR_FORCE WXLICENSE_LANG
export LC_ALL=C.UTF-8

# photograph PAGE WIDTH HEIGHT NAME
photograph() {
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
        --user-data-dir="$work/browser" --window-size="$2,$3" --screenshot="$work/$4.png" "file://$1" 2>/dev/null
    pngquant --force --strip --output "$pictures/$4.png" 64 "$work/$4.png"
}

# report LANGUAGE
report() {
    "$program" budget examples/campus-2022.toml --lang "$1" -o "$work/report-$1.html"
    photograph "$work/report-$1.html" 1040 1190 "report-$1"
}

mkdir -p "$pictures"
report en
report zh
