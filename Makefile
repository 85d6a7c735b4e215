# make report   build the graph from the papers' tables, print the findings, write build/report.html
# make test     lint, types, import contracts, doctests and tests: the one gate
# make docs     write the generated pages and pictures of docs/ and queries/README.md anew
# Works from any folder: make -C path/to/iis-kg report

ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
PYTHON ?= python3
VENV := $(ROOT)/.venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check install -c $(ROOT)/constraints.txt
SHELL := /bin/sh

.PHONY: report test docs benchmark clean
.DELETE_ON_ERROR:

report: $(VENV)/.installed
	@cd $(ROOT) && $(BIN)/kg build && $(BIN)/kg findings && $(BIN)/kg report -o build/report.html

test: $(VENV)/.installed-dev
	@cd $(ROOT) && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@cd $(ROOT) && $(BIN)/mypy
	@cd $(ROOT) && $(BIN)/lint-imports --no-cache
	@cd $(ROOT) && $(BIN)/python -m pytest

docs: $(VENV)/.installed
	@cd $(ROOT) && $(BIN)/kg build && $(BIN)/kg docs --pictures

benchmark: $(VENV)/.installed-dev
	@cd $(ROOT) && $(BIN)/python -m benchmarks

clean:
	rm -rf $(ROOT)/build $(ROOT)/dist $(VENV)

$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not there: install Python 3.11 or newer, or say make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: install Python 3.11 or newer, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module: on Debian or Ubuntu run apt install python3-venv"; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/pip $(ROOT)/pyproject.toml $(ROOT)/constraints.txt
	@echo "installing iis-kg (needs the network this once; no Java needed)"
	@$(PIP) -e $(ROOT) && touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "installing what the tests need (needs the network this once; the reasoner brings its own Java)"
	@$(PIP) -e '$(ROOT)[dev]' && touch $@
