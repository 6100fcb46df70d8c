#!/bin/sh
# 用法：./hengji.sh 命令……　第一次运行时从 wheels/ 安装，不需要联网。例：./hengji.sh score 工作簿.xlsx
set -eu
here=$(cd "$(dirname "$0")" && pwd)

say() { printf '%s\n' "$*" >&2; }

# The newest Python for which there are wheels here; PYTHON=path overrides.
choose_python() {
    for python in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$python" ] || continue
        found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        case "、@PYTHONS@、" in *"、$found、"*) return 0 ;; esac
    done
    say "需要 Python @PYTHONS@ 中的一个，本机没有找到；装好后再运行，或用 PYTHON=解释器路径 指定。"
    exit 1
}

choose_python
app=$here/app-$found
# Packages are put beside this script, and nothing of the system's is touched. pip runs out of its own wheel.
if [ ! -e "$app/.installed" ]; then
    say "正在安装，约需一分钟……"
    rm -rf "$app"
    for pip in "$here"/wheels/pip-*.whl; do :; done
    (cd "$here" && "$python" -s "$pip/pip" install -qq --disable-pip-version-check --no-input --no-index \
        --find-links wheels --only-binary=:all: --require-hashes --no-deps -r requirements.txt --target "$app") ||
        { say "没有装成，原因见上面的输出。"; exit 1; }
    : >"$app/.installed"
fi
PYTHONPATH=$app PYTHONNOUSERSITE=1 exec "$python" -m hengji "$@"
