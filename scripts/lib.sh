# Shell functions that the other scripts share. Source it from the repository root, under `set -euo pipefail`.
# shellcheck shell=bash

PYTHON=

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Whether $1 is a Python 3.11 to 3.13 that really runs and can make environments. A version manager's shim may be on
# the PATH and fail when called, and some systems ship Python without ensurepip: so ask it, do not look at its name.
_python_runs() {
    "$1" -c 'import sys, venv, ensurepip, ssl, sqlite3; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

# Sets PYTHON to the newest usable Python (or to REJOINDER_PYTHON, where that is set).
find_python() {
    local version candidate folder
    if [ -n "${REJOINDER_PYTHON:-}" ]; then
        _python_runs "$REJOINDER_PYTHON" || die "REJOINDER_PYTHON=$REJOINDER_PYTHON is no Python 3.11 to 3.13 that runs"
        PYTHON=$REJOINDER_PYTHON
        return
    fi
    for version in 3.13 3.12 3.11; do
        for candidate in "python$version" python3 python \
            "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/"$version".*/bin/python; do
            command -v "$candidate" >/dev/null 2>&1 || continue
            [ "$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ] || continue
            if _python_runs "$candidate"; then
                # The program itself, not a shim that may point elsewhere from another folder.
                PYTHON=$("$candidate" -c 'import sys; print(sys.executable)')
                return
            fi
        done
    done
    die "needs Python 3.11, 3.12 or 3.13 with venv and ensurepip; none found that runs (set REJOINDER_PYTHON=/path/to/python)"
}

# Makes the environment $1 unless it is there and of the same Python.
ensure_venv() {
    local venv=$1 want
    want=$("$PYTHON" -c 'import sys; print(sys.version)')
    if [ ! -x "$venv/bin/python" ] || [ "$("$venv/bin/python" -c 'import sys; print(sys.version)' 2>/dev/null)" != "$want" ]; then
        rm -rf "$venv"
        echo "making $venv with $("$PYTHON" -c 'import sys; print("Python", sys.version.split()[0])')" >&2
        "$PYTHON" -m venv "$venv"
    fi
}

# Fills the environment $1 from the lock files $2.., with hashes; skipped where they have not changed since.
# Then installs the package itself, in place.
install_locked() {
    local venv=$1 lock stamp state requirements=()
    shift
    for lock in "$@"; do requirements+=(--requirement "$lock"); done
    state=$(cat "$@" pyproject.toml scripts/lib.sh | cksum)
    stamp=$venv/installed.cksum
    # The paths count too: an environment moved or copied with its folder would run another copy's code.
    state="$state $PWD"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ]; then
        return
    fi
    rm -f "$stamp"
    for lock in "$@"; do
        echo "installing $lock into $venv" >&2
    done
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --no-deps "${requirements[@]}"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
    "$venv/bin/python" -m pip check --disable-pip-version-check >&2
    echo "$state" >"$stamp"
}
