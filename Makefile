# `make demo` and `make test` set up everything they need from plain python3 and pip (uv where it is present).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .bench-venv
UV := $(shell command -v uv 2>/dev/null)
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

# A worker a core. A module stays with one worker, which makes the servers and browsers that its tests share once; the modules
# start in the order of their names, which puts the long ones of tests/e2e and tests/integration first.
TESTS := $(BIN)/pytest tests -n auto --dist loadscope --no-loadscope-reorder

# $(call install,VENV,LOCK): a lock is complete, so nothing is left to resolve (pip before 23.3 cannot: it reads
# "sqlalchemy[asyncio]" and the pinned "sqlalchemy" as two packages, and stops at the unpinned one). Nothing is compiled ahead
# (uv never does): a module is at its first import, and most of the development packages' are never imported.
ifdef UV
install = uv pip install -q -p $(1)/bin/python --require-hashes --no-deps -r $(2)
install-self = uv pip install -q -p $(1)/bin/python --no-deps -e .
else
install = $(1)/bin/python -m pip install -q --no-compile --disable-pip-version-check --require-hashes --no-deps -r $(2)
install-self = $(1)/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
endif

.PHONY: demo test test-all lint bench mutate lock clean

demo: $(VENV)/.runtime ## the main job on the example catalogue, without a key and without a server
	$(BIN)/tiebreak run flask-vs-fastapi

test: $(VENV)/.dev ## Python only, no root, no services
	$(TESTS) -m "not services and not browser and not node and not live"

test-all: $(VENV)/.dev tests/tools/node_modules/.stamp ## everything: services, browsers, Node tools
	$(TESTS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCH)/.bench ## our speed beside the named peers', in one run
	$(BENCH)/bin/python -m evals.bench

mutate: $(VENV)/.dev ## share of wrong claims caught, by kind of error
	$(BIN)/python -m evals.mutate --corpus develop

lock: ## needs uv
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra postgres --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) $(BENCH) tests/tools/node_modules build dist site .tiebreak .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.runtime: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,$(VENV),requirements.lock)
	$(call install-self,$(VENV))
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,$(VENV),requirements-dev.lock)
	$(call install-self,$(VENV))
	@touch $@ $(VENV)/.runtime

$(BENCH)/.bench: requirements-bench.lock pyproject.toml
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(call install,$(BENCH),requirements-bench.lock)
	$(call install-self,$(BENCH))
	@touch $@

tests/tools/node_modules/.stamp: tests/tools/package-lock.json
	cd tests/tools && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
