#!/usr/bin/env bash
# Draws the pictures of the READMEs anew, from what the program says, in both languages:
#
#   cargo build && docs/pictures.sh target/debug/wxlicense
#
# Needs aha, chromium, pngquant, fonts-dejavu-core and fonts-noto-cjk of Debian. Look at docs/pictures/ before you commit it.
set -euo pipefail
program=$(realpath "${1:?usage: docs/pictures.sh PROGRAM}")
cd "$(dirname "$0")/.."
pictures=docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nothing of the caller's surroundings shows in a picture.
unset NO_COLOR CLICOLOR_FORCE WXLICENSE_LANG
export LC_ALL=C.UTF-8 COLUMNS=80

line_height=22
margin=20

# photograph PAGE WIDTH HEIGHT NAME
photograph() {
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
        --user-data-dir="$work/browser" --window-size="$2,$3" --screenshot="$work/$4.png" "file://$1" 2>/dev/null
    pngquant --force --strip --output "$pictures/$4.png" 64 "$work/$4.png"
}

# terminal LANGUAGE ARGUMENT...
terminal() {
    local language=$1
    shift
    {
        printf '$ wxlicense %s\n' "$*"
        "$program" "$@" --color always
    } >"$work/answer"
    {
        cat <<PAGE
<!doctype html><meta charset="utf-8"><style>
  /* The Chinese font draws these as wide as a Chinese character; a terminal gives them one column. */
  @font-face { font-family: marks; src: local("DejaVu Sans Mono"); size-adjust: 83.06%;
    unicode-range: U+B7, U+D7, U+2013, U+2022; }
  @font-face { font-family: marks; font-weight: bold; src: local("DejaVu Sans Mono Bold"); size-adjust: 83.06%;
    unicode-range: U+B7, U+D7, U+2013, U+2022; }
  body { margin: 0; background: #1e2127; color: #d7dae0; }
  pre { margin: ${margin}px; font: 16px/${line_height}px marks, "Noto Sans Mono CJK SC", monospace; }
</style><pre>
PAGE
        aha --no-header <"$work/answer"
        echo '</pre>'
    } >"$work/terminal.html"
    # A column is half of the 16 px that a Chinese character takes.
    photograph "$work/terminal.html" $((COLUMNS * 8 + 2 * margin)) \
        $(($(wc -l <"$work/answer") * line_height + 2 * margin)) "quote-$language"
}

# report LANGUAGE
report() {
    "$program" budget examples/campus-2022.toml --years 3 --by year --lang "$1" -o "$work/report-$1.html"
    photograph "$work/report-$1.html" 900 1000 "report-$1"
}

mkdir -p "$pictures"
terminal en quote examples/campus-2022.toml --school 1499
terminal zh quote examples/campus-2022.toml --school 1499 --lang zh
report en
report zh
