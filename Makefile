# Prime Mover. `make help` lists what can be made.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= python3
TESTS ?= tests
WORKERS ?= 4
QUICK_WORKERS ?= $(shell nproc 2> /dev/null || echo 2)
CASES ?= 200
PROGRAMMES ?= 1000,10000
SIZE ?= 1
SEED ?= 0
PART ?= 1/1
BUSY ?= 0

VENV := .venv
BIN := $(VENV)/bin
MINING := .venv-mining
PEERS := .venv-peers
SOURCES := workflow web config migrations

# One installer for everybody: the environment's pip brings one pinned uv, which brings the rest.
# The locks are the whole closure: nothing beside them is looked for, nothing is built.
UV := $(BIN)/uv
EXACTLY := --quiet --no-deps --only-binary :all: --require-hashes --requirement
BRING := $(BIN)/python -m pip --disable-pip-version-check install $(EXACTLY)
INSTALL = $(ASK) $(UV) pip install $(EXACTLY)
INSTALL_SELF := $(UV) pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
CHECK_CLOSED := $(UV) pip check --quiet --python $(BIN)/python
# An index of the house that pip is set to is the one to ask.
INDEX = $(shell $(BIN)/python -m pip config list 2> /dev/null | sed -n "s/^[^=]*\.index-url='\(.*\)'$$/\1/p" | tail -n 1)
ASK = $(if $(INDEX),UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$(INDEX)}")
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --no-update-notifier --loglevel=error
# Which sample is taken of what is tried in every combination.
export PRIMEMOVER_SEED := $(SEED)
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
# So many busy loops run beside the tests, as on a machine that does ten other things (BUSY=8).
BESIDE = trap 'kill $$(jobs -p) 2> /dev/null || true' EXIT; \
	for _ in $$(seq $(BUSY)); do (while :; do :; done) & done;
COMPILE = $(ASK) $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --custom-compile-command "make lock"

# Installers trust whom this machine trusts.
export UV_SYSTEM_CERTS := true
export NODE_USE_SYSTEM_CA := 1

# Where there is no home folder to write to, what is fetched is kept here for the next time.
ifeq ($(shell [ -w "$$HOME" ] && echo writable),)
export XDG_CACHE_HOME ?= $(CURDIR)/build/cache
export npm_config_cache ?= $(XDG_CACHE_HOME)/npm
endif

# Each stamp says that a step is done; a step runs again when what it was made from is newer.
ENVIRONMENT := $(VENV)/.made
UNFINISHED := $(VENV)/.unfinished
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
ASSETS := node_modules/.assets
ASSETS_DEV := node_modules/.assets-dev

##@ Use

.PHONY: help
help: ## List every target
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: $(INSTALLED) $(ASSETS) ## Install what is missing and serve the demonstration (PORT=8000)
	@exec $(BIN)/primemover demo --port $(PORT)

.PHONY: install
install: $(INSTALLED) $(ASSETS) ## Install what an office needs to serve: no tests, no browser

.PHONY: setup
setup: $(INSTALLED_DEV) $(ASSETS_DEV) ## Install everything that development needs

##@ Test

# What tests begin in processes of their own is compiled once, not by each of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: quick
quick: setup ## Run what a minute allows: rules, loader, engine on SQLite, pages without a browser
	@$(BESIDE) $(BIN)/python -m pytest -n $(QUICK_WORKERS) --hypothesis-profile=quick \
	  -m "not (postgresql or browser or processes or thorough)" $(TESTS)

.PHONY: test
test: setup ## Run all that a change must pass, in a real browser and on both databases (SEED=0 BUSY=0)
	@$(BIN)/python -m tests.support.chromium
	@$(BESIDE) $(PYTEST) $(TESTS)

.PHONY: coverage
coverage: setup ## Run the same, and say which lines of workflow/ and web/ no test reaches
	@$(BIN)/python -m tests.support.chromium
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered $(TESTS)

.PHONY: proof
proof: setup ## Run the exhaustive and the long tests, so many percent of the whole (SIZE=1 to 100 PART=1/1)
	@$(BESIDE) PRIMEMOVER_SIZE=$(SIZE) PRIMEMOVER_PART=$(PART) $(PYTEST) -m proof $(TESTS)

.PHONY: browser
browser: setup ## Run the tests in a real browser only
	@$(BIN)/python -m tests.support.chromium
	@PRIMEMOVER_SIZE=$(SIZE) $(PYTEST) -m browser $(TESTS)

.PHONY: mining
mining: $(INSTALLED_DEV) $(MINING)/.installed ## Read our event logs with another program, in an environment of its own (CASES=200)
	@$(BIN)/python -m tests.mining_peers.write build/mining $(CASES)
	@$(MINING)/bin/python -W ignore tests/mining_peers/compare.py build/mining

.PHONY: mutants
mutants: $(INSTALLED_DEV) ## Change the pure rules in one place at a time, in so many percent of the ways, and see whether their tests notice (SIZE=1 to 100 MODULES=)
	@$(BIN)/python -m tests.support.mutants $(SIZE) $(MODULES)

.PHONY: performance
performance: $(INSTALLED_DEV) ## Measure all of docs/performance.md and write it anew; only on an idle machine (PROGRAMMES=1000,10000)
	@$(BIN)/python -m benchmarks.whole $(PROGRAMMES)

.PHONY: bench-peers
bench-peers: $(INSTALLED_DEV) $(PEERS)/.installed ## Let other engines give the same sign-offs, in an environment of their own
	@$(BIN)/python -m benchmarks.peers.compare $(PEERS)/bin/python $(KEEP)

##@ Check

.PHONY: check
check: $(INSTALLED_DEV) ## Check format, lint, types, import direction, dead code and migration drift
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.architecture.dead_code
	@$(BIN)/primemover migrate --check

.PHONY: format
format: $(INSTALLED_DEV) ## Rewrite the code in the agreed format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: hooks
hooks: ## Have git run before each commit what `make check` runs, on the changed files
	@git config core.hooksPath .githooks

.PHONY: picture
picture: $(INSTALLED_DEV) ## Draw docs/architecture.svg anew from the imports
	@$(BIN)/python -m tests.architecture.picture

##@ Keep

.PHONY: lock
lock: $(INSTALLED_DEV) ## Resolve the pins anew: requirements/*.txt and package-lock.json
	@$(COMPILE) pyproject.toml requirements/build.in --extra assets --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra assets --extra test --extra dev \
	  --constraint requirements/run.txt --output-file requirements/dev.txt
	@$(COMPILE) requirements/mining.in --output-file requirements/mining.txt
	@$(COMPILE) requirements/peers.in --output-file requirements/peers.txt
	@$(COMPILE) requirements/install.in --output-file requirements/install.txt
	@$(NPM) install --package-lock-only

.PHONY: words
words: $(INSTALLED) ## Gather every sentence and word that can be translated: build/messages.pot
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --sort-by-file --output-file build/messages.pot .

.PHONY: clean
clean: ## Remove everything that make and the tools have made, but no data
	@rm -rf $(VENV) $(MINING) $(PEERS) node_modules build *.egg-info htmlcov test-results .coverage .coverage.* \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Steps behind the targets above.

# What fails before anything was laid, as without a network, has spoilt nothing.
define install
@touch $(UNFINISHED)
@$(INSTALL) requirements/$(1).txt --python $(BIN)/python \
  || { [ "$$(find $(VENV)/lib -newer $(UNFINISHED) -print -quit)" ] || rm $(UNFINISHED); exit 1; }
@$(INSTALL_SELF)
@$(CHECK_CLOSED)
@rm $(UNFINISHED)
endef

# An environment is made anew when an installation into it was interrupted, when its folder was
# moved or copied, and when its Python has gone.
SOUND := [ ! -e $(UNFINISHED) ] && [ "$$(cat $(ENVIRONMENT))" = "$$(pwd -P)" ] && $(BIN)/python -c ""
$(shell { $(SOUND); } 2> /dev/null || rm -f $(ENVIRONMENT))

$(ENVIRONMENT): requirements/install.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Prime Mover needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@[ -e $@ ] || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); } \
	  || { rm -rf $(VENV); echo "Python's venv module is missing: install python3-venv."; exit 1; }
	@$(BRING) requirements/install.txt
	@pwd -P > $@

$(INSTALLED): requirements/run.txt pyproject.toml $(ENVIRONMENT)
	@echo "Installing the Python packages …"
	$(call install,run)
	@touch $@

# The pins for development contain those for running, so both stamps are set.
$(INSTALLED_DEV): requirements/dev.txt pyproject.toml $(ENVIRONMENT)
	@echo "Installing the Python packages for development …"
	$(call install,dev)
	@touch $(INSTALLED) $@

# The miner's licence is not ours, so nothing of it comes near the product's environment.
$(MINING)/.installed: requirements/mining.txt | $(INSTALLED_DEV)
	@echo "Installing a process miner for the tests …"
	@rm -rf $(MINING)
	@$(PYTHON) -m venv --without-pip $(MINING)
	@$(INSTALL) requirements/mining.txt --python $(MINING)/bin/python
	@touch $@

# Engines that ours is compared with; nothing of the product knows them.
$(PEERS)/.installed: requirements/peers.txt | $(INSTALLED_DEV)
	@echo "Installing the other engines …"
	@rm -rf $(PEERS)
	@$(PYTHON) -m venv --without-pip $(PEERS)
	@$(INSTALL) requirements/peers.txt --python $(PEERS)/bin/python
	@touch $@

$(ASSETS): package-lock.json | $(INSTALLED)
	@echo "Installing the style sheets, scripts, fonts and icons …"
	@$(NPM) ci --omit=dev
	@touch $@

$(ASSETS_DEV): package-lock.json | $(INSTALLED_DEV)
	@echo "Installing the style sheets, scripts, fonts, icons and a browser for the tests …"
	@$(NPM) ci
	@touch $(ASSETS) $@
