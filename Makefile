# Two commands do all the set-up: `make demo` and `make test`.
SHELL := bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo test test-long lint types bench accuracy lock clean system

help:
	@echo "make demo       run the main job on the sample forms and show what came out"
	@echo "make test       format, lint, types, import contracts and all tests"
	@echo "make test-long  the long harnesses too"
	@echo "make bench      print the benchmark tables"
	@echo "make accuracy   measure the reading of scans anew (hours) and write docs/accuracy.md"
	@echo "make lock       pin the dependencies anew"

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)." >&2; exit 3; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 3; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

system:
	@./tools/system-packages

demo: $(STAMP) system
	@$(BIN)/skjemaflyt demo

lint: $(STAMP)
	@$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(STAMP)
	@$(BIN)/mypy

test: $(STAMP) system lint types
	@$(BIN)/pytest -n 2 --dist worksteal -m "not long"

test-long: $(STAMP) system lint types
	@$(BIN)/pytest -n 2 --dist worksteal

bench: $(STAMP) system
	@for b in benchmarks/bench_*.py; do $(BIN)/python "$$b"; done

# 3,000 files take hours; SCANS=… draws fewer, SCANS_FIRST=… other ones.
SCANS ?= 3000
SCANS_FIRST ?= 1000000
accuracy: $(STAMP) system
	@$(BIN)/python -m tests.scans --count $(SCANS) --first $(SCANS_FIRST) --jobs 2 --json .accuracy.jsonl --worst .accuracy-worst.txt --write docs/accuracy.md

lock: $(STAMP)
	@command -v uv >/dev/null || { echo "uv is needed to pin anew: pip install uv" >&2; exit 3; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
