# What there is to do with this project. Everything is installed into .venv, from locks with hashes; nothing outside
# this folder is touched. Another Python than python3: make demo PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check --no-input
UV ?= uv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format docs model bench soak editor lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: .venv/.run ## read the five articles in seeds/ and write their graph to outputs/
	@$(BIN)/kg build seeds/ -o outputs
	@echo "kg stands in $(BIN); to call it by its name: source $(BIN)/activate"

test: lint ## set up what the tests need and run all checks and tests
	@$(BIN)/python .ci/yasgui.py || echo "So the SPARQL editor is tried without YASGUI." >&2
	@$(BIN)/python -m pytest

lint: .venv/.dev ## run the checks alone: style, types, which room may import which
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: .venv/.dev ## put the code into the form that `make lint` asks for
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: .venv/.dev ## renew what docs/ quote from outputs/, and make site/ of it
	@$(BIN)/python .ci/docs.py
	@$(BIN)/python .ci/notebook.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "Open site/index.html"

model: .venv/.run ## train kg/model anew
	@$(BIN)/python -m training

bench: .venv/.dev ## measure quality, speed and peers, and write benchmarks/scoreboard.md: under 20 minutes
	@$(BIN)/python -m benchmarks.names --install training/corpus/stance-16.txt >/dev/null
	@$(BIN)/python -m benchmarks.scoreboard

soak: .venv/.dev ## try hostile input in large numbers: tests/soak, half an hour and more
	@$(BIN)/python -m tests.soak

editor: .venv/.run ## put the SPARQL editor YASGUI into `kg serve`, as packages have it; needs npm
	@$(BIN)/python .ci/yasgui.py

lock: ## choose the versions of the locks anew, from pyproject.toml
	@command -v $(UV) >/dev/null || { echo "the locks are made by uv, and there is none: pip install uv" >&2; exit 1; }
	@$(UV) pip compile $(LOCK) --output-file requirements.txt
	@$(UV) pip compile $(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
LOCK := --quiet --universal --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --group build \
  --upgrade pyproject.toml

clean: ## remove what was installed and what the checks remember
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist site
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found=absent; \
	  echo "kg needs Python 3.11 or newer, and $(PYTHON) is $$found; name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "this Python has no venv module; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: requirements.txt pyproject.toml .venv/.made
	@echo "Installing what kg needs into .venv: once, about 600 MB, a minute or two."
	@$(INSTALL)
	@touch $@

.venv/.dev: requirements-dev.txt pyproject.toml .venv/.made
	@echo "Installing what kg and its tests need into .venv: once, about 700 MB, a minute or two."
	@$(INSTALL)
	@touch $@

# First what is locked, by its hashes; then the package itself from where it stands (editable), made by the locked build
# backend without a look at the network.
INSTALL = $(PIP) install --no-deps --require-hashes --requirement $< && \
  $(PIP) install --no-deps --no-build-isolation --editable .
