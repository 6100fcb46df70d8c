#!/bin/sh
# Installs the programs that some tests start: LibreOffice (opens what was written, converts old files), poppler-utils (reads
# PDFs), antiword (reads old Word files), Chromium with a Chinese font (opens the pages) and PostgreSQL (the other database).
# Never fails, except where CI=true and the installation itself did.
set -u

missing=
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc libreoffice-writer"
if ! command -v pdftotext >/dev/null 2>&1 || ! command -v pdftoppm >/dev/null 2>&1; then
    missing="$missing poppler-utils"
fi
command -v antiword >/dev/null 2>&1 || missing="$missing antiword"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium fonts-noto-cjk"
if ! command -v initdb >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing="$missing postgresql"
fi
[ -n "$missing" ] || exit 0

as_root=
permitted=no
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        permitted=yes
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        permitted=yes
        as_root='sudo -n'
    fi
fi
consequence=跳过
[ "${CI:-}" = true ] && consequence=失败
if [ "$permitted" = no ]; then
    printf '%s\n' "缺少系统软件：${missing# }，本机又不能自动安装，用到它们的测试将$consequence。" >&2
    exit 0
fi

apt() {
    # Another installation may hold the lock: wait for it instead of failing.
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qq "$@" </dev/null >>"$log" 2>&1
}

printf '%s\n' "正在安装测试用的系统软件：${missing# }……" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# An index that cannot be refreshed may still do; whether it does, the installation tells.
apt update || true
# shellcheck disable=SC2086
if apt install -y --no-install-recommends $missing; then exit 0; fi

tail -n 5 "$log" >&2
if [ "${CI:-}" = true ]; then
    printf '%s\n' "系统软件没有装成，原因见上面的输出。" >&2
    exit 1
fi
printf '%s\n' "系统软件没有装成：${missing# }，用到它们的测试将跳过。" >&2
exit 0
