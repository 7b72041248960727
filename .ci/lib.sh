# What the checks of this folder share; each sources it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${CARGO_TARGET_DIR:-target}
program=$target/debug/wxlicense
# Random cases are always the same ones, so that what fails here fails again.
export PROPTEST_RNG_SEED=2022

# Ends the check. In CI, what is not checked is a failure.
skip() {
  echo "SKIPPED: $1" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
}

# need COMMAND PACKAGE...: installs Debian packages where the command is missing.
need() {
  command -v "$1" >/dev/null && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${@:2}"; } </dev/null >/dev/null || true
  fi
  command -v "$1" >/dev/null || skip "$1 is missing; apt-get install ${*:2}"
}

# python_packages NAME PACKAGE...: installs packages from PyPI into the environment $python.
python_packages() {
  python=$target/python-$1
  need python3 python3 python3-venv
  [ -x "$python/bin/pip" ] || python3 -m venv "$python" || skip "python3 -m venv fails; apt-get install python3-venv"
  "$python/bin/pip" install --quiet --disable-pip-version-check "${@:2}" || skip "cannot install ${*:2} from PyPI"
}
