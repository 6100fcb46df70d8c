#!/bin/sh
# Makes a virtual environment, also where the system's Python came without venv's own pip.
set -eu
python=$1
venv=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新的版本；可以这样指定：make run PYTHON=/路径/python3.11" >&2
    exit 2
fi
"$python" -m venv "$venv" >/dev/null 2>&1 && exit 0
rm -rf "$venv"
echo "这台机器的 Python 没有带 venv，改用 virtualenv……"
"$python" -m pip install -q --target .venv-tool virtualenv || {
    echo "建不了虚拟环境：请安装 python3-venv，或先让 pip 能用" >&2
    exit 2
}
PYTHONPATH=.venv-tool "$python" -m virtualenv -q "$venv"
