#!/bin/sh
# 用法：./start.sh [选项]　启动网页应用，数据在本目录的 hengji-data 里。演示：./start.sh --demo；给同网的电脑用：./start.sh --host 本机地址
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec sh "$here/hengji.sh" serve --data "$here/hengji-data" "$@"
