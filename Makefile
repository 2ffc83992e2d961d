# Two commands: `make demo` shows the product, `make test` tests it.
# Every target may be run again at once: what is done already is not done twice.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VNU := 26.9.27

export PUBLIC_URL ?= http://127.0.0.1:$(PORT)

APT_RUN := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-croscore fonts-noto-core libmagic1
APT_TEST := chromium-headless-shell libatomic1 poppler-utils qpdf gettext softhsm2 libnss3-tools

.PHONY: help setup demo test test-all prove test-tools bench lint lock

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.run-packages ## Install what the product needs (apt packages and .venv)

demo: setup ## Fill a demonstration on the first run and serve it (PORT=8000)
	@$(BIN)/python manage.py prepare_demo
	@exec $(BIN)/python manage.py serve_demo --port $(PORT)

test: test-tools ## Run the whole product's tests, the quick tier: after a change
	@$(BIN)/python -m tests.suite --tier=test

test-all: test-tools ## Also journeys in a browser, and SQLite where databases differ: before a merge
	@$(BIN)/python -m tests.suite --tier=all

prove: test-tools ## Everything on both databases, with more walks, races, tamperings; every paper at every place
	@WALKS=300 RACES=20 TAMPERINGS=200 $(BIN)/python -m tests.suite --tier=prove
	@$(BIN)/python -m tests.sweep

bench: setup $(VENV)/.dev-packages ## Print figures of what the product decides by itself
	@$(BIN)/python -m tests.bench

test-tools: setup $(VENV)/.dev-packages .tools/vnu-$(VNU)
	@.ci/need $(APT_TEST)

lint: setup $(VENV)/.dev-packages ## Style, types, layers, templates, migrations, deployment, catalogs
	@.ci/need gettext
	@.ci/lint

lock: $(VENV)/.dev-packages ## Write the lock files anew from pyproject.toml
	@.ci/lock

$(VENV)/bin/python:
	@.ci/need $(APT_RUN)
	@echo "Making $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run-packages: requirements.lock | $(VENV)/bin/python
	@.ci/need $(APT_RUN)
	@echo "Installing Python packages from $<"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

$(VENV)/.dev-packages: requirements-dev.lock | $(VENV)/.run-packages
	@echo "Installing Python packages from $<"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# The HTML checker needs Java; without npm or Java the suite says that it did not run.
.tools/vnu-$(VNU):
	@mkdir -p .tools
	@if command -v npm >/dev/null && command -v java >/dev/null; then \
	    echo "Installing the HTML checker (vnu-jar $(VNU))"; \
	    npm install --silent --no-save --no-package-lock --no-audit --no-fund --prefix .tools vnu-jar@$(VNU) \
	        && touch $@; \
	else echo "No npm or no Java here: the HTML checker is left out"; fi
