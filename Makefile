# 两条命令：make run（计分并写出报告）、make test（全部测试）。其余见 make help。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE := examples/lechang-2023.xlsx
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test lint bench lock clean

help: ## 列出可用的命令
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

run: $(VENV)/.run ## 安装、给示例单位计分、写出评分表和自评报告
	@$(BIN)/hengji score $(CASE)
	@$(BIN)/hengji report $(CASE) --to out
	@echo "下一步：打开 out/ 里的三个文件；给自己单位新建工作簿：$(BIN)/hengji new 我的单位 --department 单位全称"

test: $(VENV)/.test ## 安装测试所需并运行全部测试
	@tools/system-packages.sh
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/hengji systems test
	$(BIN)/pytest -n 2 -rs

lint: $(VENV)/.test ## 整理格式并检查代码
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/mypy

bench: $(VENV)/.bench ## 与同类工具比速度（同一次运行里的比值）
	$(BIN)/python -m benchmarks

lock: ## 依 pyproject.toml 更新三个锁文件（需要 uv）
	uv pip compile -q --universal --generate-hashes --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --extra build --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	uv pip compile -q --universal --generate-hashes --no-header --extra build --extra test --extra bench -c requirements-test.lock pyproject.toml -o requirements-bench.lock

clean: ## 删除虚拟环境和产物
	rm -rf $(VENV) .venv-tool out

$(BIN)/python:
	@tools/make-venv.sh $(PYTHON) $(VENV)

# A stamp a lock file: the second run finds everything in place and takes seconds.
$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "正在安装运行所需的库（只在第一次或锁文件变化后）……"
	@$(PIP) install -q --require-hashes -r requirements.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	@echo "正在安装测试所需的库……"
	@$(PIP) install -q --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.test
	@$(PIP) install -q --require-hashes -r requirements-bench.lock
	@touch $@
