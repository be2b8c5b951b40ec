# Every way to work with this repository; `make help` lists them.
.DEFAULT_GOAL := help

VENV  := .venv
BIN   := $(VENV)/bin
DATA  ?= ../shared/data
OUT   ?= demo-out
AS_OF ?= 2025-01-01
CODE  := src tests tools docs $(wildcard benchmarks examples notebooks)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

$(BIN)/pip:
	@python=$$(tools/find-python) && echo "Making $(VENV) with $$python" && "$$python" -m venv $(VENV)

# One stamp for each set of dependencies: a second run installs nothing until pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(BIN)/pip
	@echo "Installing creditrisk into $(VENV) (once, a minute or two)"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-%: pyproject.toml | $(BIN)/pip
	@echo "Installing creditrisk[$*] into $(VENV) (once, a minute or two)"
	@$(BIN)/python -m pip install --quiet --editable ".[$*]"
	@touch $@ $(VENV)/.installed

.PHONY: help
help: ## List the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1	\2/p' $(MAKEFILE_LIST) | sort | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(VENV)/.installed ## From a made-up registry to classes, a report, and the truth beside them
	@rm -rf $(OUT)
	@$(BIN)/creditrisk simulate $(OUT)/registry --entities 20000 --seed 7
	@$(BIN)/creditrisk assess $(OUT)/registry --system general --as-of $(AS_OF) --out $(OUT)/result
	@$(BIN)/creditrisk compare-truth $(OUT)/result $(OUT)/registry/truth/truth.parquet

.PHONY: test
test: $(VENV)/.installed-test $(VENV)/.installed-psi ## The quick tests, doctests included
	@$(BIN)/python -m pytest -n 2 -m "not slow"

.PHONY: test-all
test-all: $(VENV)/.installed-test $(VENV)/.installed-psi ## Every test, and the share of the code they run
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered

.PHONY: coverage
coverage: $(VENV)/.installed-test $(VENV)/.installed-psi ## The quick tests, with the lines they miss
	@$(BIN)/python -m pytest -n 2 -m "not slow" --cov --cov-report=term-missing:skip-covered

.PHONY: check
check: $(VENV)/.installed-check ## Style, types, import law, docstrings, tracked files
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/check_docstrings.py
	@$(BIN)/python tools/check_tracked_files.py

.PHONY: bench
bench: $(VENV)/.installed-bench ## The accuracy benchmarks on the public data (DATA=folder)
	@$(BIN)/python -m benchmarks.accuracy --data $(DATA)

.PHONY: docs
docs: $(VENV)/.installed-docs ## The documentation, into docs/_build/html
	@$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

.PHONY: build
build: $(VENV)/.installed-build ## The wheel and the source archive, into dist/
	@$(BIN)/python -m build

.PHONY: clean
clean: ## Remove what the other targets made, the environment excepted
	@rm -rf $(OUT) dist docs/_build docs/reference/generated .coverage .pytest_cache .mypy_cache .ruff_cache
