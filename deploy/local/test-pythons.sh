#!/usr/bin/env bash
# Runs the fast tests on each Python 3.11, 3.12 and 3.13 found here, in a virtual environment of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
ran=0 failed=
for minor in 3.11 3.12 3.13; do
    python=
    for candidate in "python$minor" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$minor".*/bin/python; do
        if "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then echo "Python $minor is not installed: left out"; continue; fi
    venv=.commonthread/venv-$minor
    [ -x $venv/bin/python ] || "$python" -m venv $venv
    echo "Python $minor: installing"
    $venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt -r requirements/dev.txt
    echo "Python $minor: testing"
    $venv/bin/python -m pytest -q tests/unit tests/contract || failed="$failed $minor"
    ran=$((ran + 1))
done
[ -z "$failed" ] || { echo "fails on Python$failed"; exit 1; }
[ $ran -gt 0 ]
