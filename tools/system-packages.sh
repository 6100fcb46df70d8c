#!/bin/sh
# Installs what the tests need from the system, where that is permitted; else says what will be skipped.
set -eu
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc libreoffice-writer"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || as_root="no"
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "没有$missing，也无权安装：需要它们的测试会跳过"
    exit 0
fi
echo "正在安装测试所需的系统软件：$missing"
log=$(mktemp)
if $as_root sh -c "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 $missing" >"$log" 2>&1; then
    rm -f "$log"
    exit 0
fi
tail -n 5 "$log"
echo "系统软件没有装上：需要它们的测试会跳过"
[ "${CI:-}" = true ] && exit 1
exit 0
