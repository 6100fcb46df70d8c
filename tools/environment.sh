#!/bin/sh
# 用法：tools/environment.sh 锁文件
# Makes .venv, installs the lock into it and hengji beside it (editable). Does nothing when that has been done.
set -eu
cd "$(dirname "$0")/.."
lock=$1

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        recent_enough "$PYTHON" || die "指定的解释器 $PYTHON 不可用或低于 3.11，请换一个 Python 3.11 或更高版本。"
        return
    fi
    for PYTHON in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if recent_enough "$PYTHON"; then return; fi
    done
    die "需要 Python 3.11 或更高版本，本机没有找到；装好后可用 make run PYTHON=解释器路径 指定。"
}

# An environment knows its own path (scripts name it), so one that was moved, copied or left half made is made anew.
environment_is_sound() {
    [ "$(cat .venv/.root 2>/dev/null)" = "$PWD" ] && recent_enough .venv/bin/python
}

# Some distributions ship venv without ensurepip: virtualenv brings its own pip. A folder of its own for it
# leaves the user's and the system's packages alone, and works where the system forbids pip to change them.
make_environment() {
    rm -rf .venv
    if ! "$PYTHON" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv .venv-bootstrap
        "$PYTHON" -m pip install -qq --disable-pip-version-check --target .venv-bootstrap virtualenv >&2 ||
            die "建不成虚拟环境：这个 Python 没有 ensurepip，用 pip 装 virtualenv 也没有成功，请先装好 pip 并确认能访问软件源。"
        PYTHONPATH=.venv-bootstrap "$PYTHON" -m virtualenv --quiet .venv >&2 || die "virtualenv 建不成虚拟环境，原因见上面的输出。"
        rm -rf .venv-bootstrap
    fi
    printf '%s\n' "$PWD" >.venv/.root
}

# Unsets what the user's shell may carry into the environment.
unset PYTHONHOME PYTHONPATH
generation=$(cat pyproject.toml requirements*.lock | cksum | tr -d ' ')
stamp=.venv/.installed-$generation-$lock

sound=no
if environment_is_sound; then sound=yes; else choose_python; fi
if [ $sound = yes ] && [ -e "$stamp" ]; then exit 0; fi
say "正在安装依赖（$lock），首次约需一分钟……"
[ $sound = yes ] || make_environment
# All locks share the environment: an install from other locks makes every stamp of theirs void.
find .venv -maxdepth 1 -name '.installed-*' ! -name ".installed-$generation-*" -exec rm -f {} +
pip() { .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input "$@" >&2; }
pip --require-hashes -r "$lock" || die "依赖没有装成，原因见上面的输出；改好后再运行一次即可。"
pip --no-deps --no-build-isolation -e . || die "hengji 没有装成，原因见上面的输出。"
: >"$stamp"
