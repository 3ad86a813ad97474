# MiniChat: `make run` to chat, `make test` to test, `make help` for the rest.
#
# Everything is installed into .venv, from whichever Python >= 3.11 is found; nothing else on the
# machine is touched, except that `make test` may install the programs that tests need.

.PHONY: help run test check simulate torture format coverage clean bench bench-client pictures
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
ifeq ($(OS),Windows_NT)
PYTHON := $(VENV)/Scripts/python
else
PYTHON := $(VENV)/bin/python
endif
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet

help:  ## say what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

# Without a shell in between, Ctrl-C ends the run without a complaint of make's.
ifdef PORT
run: export MINICHAT_PORT := $(PORT)
endif
run: $(VENV)/ready-to-run  ## start a server, demo users and, with a display, two windows (PORT=8091 for another port)
	@$(PYTHON) -m scripts.run

# Each worker has servers and a screen of its own.
WORKERS := 2
test: $(VENV)/ready-to-test  ## install what tests need, run the checks, then every test there is (WORKERS=4)
	@without=$$(sh scripts/install_test_parts.sh $(PYTHON)) && \
	$(MAKE) --no-print-directory check && \
	MINICHAT_TESTS_WITHOUT="$$without" $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal

check: $(VENV)/ready-to-test  ## style, types, and who may import whom
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q tests/test_architecture.py

SEEDS := 2000
FIRST := 1
simulate: $(VENV)/ready-to-test  ## many worlds in which everything fails (SEEDS=20000 FIRST=1, or SEEDS=5000-6000)
	@$(PYTHON) -m tests.simulation --seeds $(SEEDS) --first $(FIRST)

format: $(VENV)/ready-to-test  ## put all source into the one style
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

coverage: $(VENV)/ready-to-test  ## every test again, and which lines and branches none of them reaches
	@without=$$(sh scripts/install_test_parts.sh $(PYTHON)) && \
	MINICHAT_TESTS_WITHOUT="$$without" $(PYTHON) -m coverage run -m pytest
	$(PYTHON) -m coverage report

torture: $(VENV)/ready-to-test  ## kill -9 server, clients and database over and over, then count (SECONDS=60)
	@$(PYTHON) -m tests.torture --seconds $(or $(SECONDS),60)

bench: $(VENV)/ready-to-test  ## the server beside other servers; 25 minutes (OPTIONS=--quick: two)
	@$(PYTHON) -m bench.server $(OPTIONS)

bench-client: $(VENV)/ready-to-test  ## how quick the client is with 100,000 messages (OPTIONS=--json)
	@$(PYTHON) -m bench.client $(OPTIONS)

pictures: $(VENV)/ready-to-test  ## pictures of the windows, in build/pictures
	@$(PYTHON) -m tests.pictures build/pictures

clean:  ## remove what was made here; the chat's data stays
	rm -rf $(VENV) build dist *.egg-info .coverage htmlcov
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run finds them and starts at once.

$(VENV)/made: scripts/make_venv.sh
	@sh scripts/make_venv.sh $(VENV)
	@touch $@

$(VENV)/ready-to-run: $(VENV)/made setup.py
	@echo "Installing MiniChat into $(VENV); this takes a minute, once."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/made setup.py
	@echo "Installing MiniChat and its test tools into $(VENV); this takes a minute, once."
	@$(PIP) install --editable ".[dev]"
	@touch $@ $(VENV)/ready-to-run
