# Every target sets itself up: Python 3.11 or later, make and a package registry are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
TESTS ?= tests

# Where it is set, each of the many processes that the tests start compiles all it imports again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test bench soak lint setup clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   the try-out on http://127.0.0.1:$(PORT)/demo (PORT=)"
	@echo "make test   every test, the linters and the layers (TESTS= for some)"
	@echo "make bench  the figures of docs/performance.md"
	@echo "make soak   long simulations with faults"
	@echo "make lint   ruff, mypy, import-linter, tillidsrum check"

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv sync --quiet --frozen
	@touch $@

demo: setup
	@$(BIN)/tillidsrum demo --port $(PORT)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/tillidsrum check

test: lint
	@$(BIN)/pytest $(TESTS) -n auto --dist worksteal -m "not soak" -q

bench: setup
	@$(BIN)/python -m tests.benchmarks

soak: setup
	@$(BIN)/pytest $(TESTS) -m soak -q
	@$(BIN)/tillidsrum simulate --leaders 200 --weeks 52 --seed 1 --faults

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
