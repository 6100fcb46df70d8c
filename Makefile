# 全部目标只需要 Python 3.11+、pip 和 make；不需要 root。
PYTHON ?=
BIN := .venv/bin
LOCKS := requirements.lock requirements-test.lock requirements-bench.lock
EXAMPLE := examples/lechang-2023.xlsx
DATA ?= hengji-data
PORT ?= 8000

export PYTHON
# Under LC_ALL=C Python 3.11 reads the path of an editable install as ASCII, and fails in a folder with a Chinese name.
ifneq (,$(filter C POSIX,$(LC_ALL)))
export LC_ALL := C.UTF-8
endif

# Some images forbid Python to keep compiled modules; every command here would then compile all of ours again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run serve assets bundle test lint format bench quality fuzz lock clean
.NOTPARALLEL:

help:  ## 显示本说明
	@echo '用法：make 目标　　（可用 PYTHON=python3.12 指定解释器）'
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run:  ## 安装后对示例部门评分，并把报告写到 out/
	@tools/environment.sh requirements.lock
	@$(BIN)/hengji score $(EXAMPLE)
	@$(BIN)/hengji report $(EXAMPLE) --to out
	@echo "下一步：打开 out/ 里的三个文件；给自己单位新建工作簿：$(BIN)/hengji new 我的单位 --department 单位全称"

serve:  ## 启动网页应用，首次启动建立演示县（DATA=目录 PORT=端口 可改）
	@tools/environment.sh requirements.lock
	@$(BIN)/python tools/assets.py
	@$(BIN)/hengji serve --demo --data $(DATA) --port $(PORT)

assets:  ## 生成网页的前端文件（Tabler、htmx、ECharts，来自 npm；没有 Node 时用 PyPI 上的）
	@tools/environment.sh requirements.lock
	@$(BIN)/python tools/assets.py

bundle:  ## 做离线安装包到 dist/（Linux x86-64、ARM64，Windows；三个 Python 版本，约 355 MB）
	@tools/environment.sh requirements.lock
	@$(BIN)/python tools/assets.py
	@$(BIN)/python tools/bundle.py $(BUNDLE_FLAGS)

test: lint  ## 静态检查、类型检查和全部测试
	@$(BIN)/python tools/assets.py
	@tools/system-packages.sh
	@$(BIN)/hengji systems test
	@$(BIN)/python -m pytest -rs -n auto --dist worksteal

lint:  ## 只做静态检查和类型检查
	@tools/environment.sh requirements-test.lock
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format:  ## 按约定重排代码
	@tools/environment.sh requirements-test.lock
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench:  ## 与同类工具比速度（同一次运行里的比值）
	@tools/environment.sh requirements-bench.lock
	@$(BIN)/python -m benchmarks

quality:  ## 在标注语料上测读取和核查的准确率，并更新 docs/auditing.md
	@tools/environment.sh requirements-test.lock
	@$(BIN)/python -m benchmarks.quality
	@$(BIN)/python -m benchmarks.auditing_doc

fuzz:  ## 用改坏的文件长时间试各种读取器（FUZZ=每种的例数）
	@tools/environment.sh requirements-test.lock
	@HENGJI_FUZZ=$(or $(FUZZ),5000) $(BIN)/python -m pytest tests/reading/test_fuzz.py -n auto

# The lower locks constrain the upper ones: one environment serves all three.
# uv reads neither pip's settings nor --emit-index-url here, so a lock names packages and hashes and no host.
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --extra build $(LOCK_FLAGS) pyproject.toml
lock:  ## 重新生成依赖锁（LOCK_FLAGS=--upgrade 升级到最新版本）
	@tools/environment.sh requirements.lock
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install -qq --disable-pip-version-check 'uv>=0.9'
	@UV_PYTHON_DOWNLOADS=never $(UV_COMPILE) --output-file requirements.lock >/dev/null
	@UV_PYTHON_DOWNLOADS=never $(UV_COMPILE) --constraints requirements.lock --extra test --output-file requirements-test.lock >/dev/null
	@UV_PYTHON_DOWNLOADS=never $(UV_COMPILE) --constraints requirements-test.lock --extra test --extra bench --output-file requirements-bench.lock >/dev/null
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url $(LOCK_FLAGS) \
	  --output-file requirements-assets.lock assets/requirements.in >/dev/null
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url $(LOCK_FLAGS) \
	  --output-file requirements-bundle.lock bundle/requirements.in >/dev/null
	@if grep -n '://' $(LOCKS) requirements-assets.lock requirements-bundle.lock; then echo '依赖锁里不应出现网址。'; exit 1; fi
	@echo '依赖锁已更新：$(LOCKS)'

clean:  ## 删除环境、缓存和生成的文件
	@rm -rf .venv .venv-bootstrap out build dist src/hengji/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
