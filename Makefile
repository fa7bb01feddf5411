# Parvis: `make demo` shows it, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
JOBS ?= auto
.DEFAULT_GOAL := help
.PHONY: help setup demo test soak check bench shot lock browser

help: ## List what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## Make the virtual environment, with everything that demo and test share
	@$(PYTHON) scripts/set_up.py

demo: setup ## Prepare and serve Parvis with its invented sample (PORT=8000)
	@$(BIN)/parvis demo --host $(HOST) --port $(PORT) --end-with-parent

browser: setup
	@$(BIN)/python scripts/find_browser.py

test: setup browser ## Run the whole suite, real browser included (ARGS= is passed to pytest)
	@$(BIN)/python -m pytest -q -n $(JOBS) --maxprocesses 4 --dist loadscope $(ARGS)

soak: setup browser ## Run the tests that take minutes: repeated kills, load
	@$(BIN)/python -m pytest -m soak $(ARGS)

check: setup ## Format, lint, types, import floors, templates, translations, migrations
	@$(BIN)/python scripts/check.py

bench: setup ## Measure, and write docs/benchmarks.md
	@$(BIN)/python -m benchmarks

shot: setup browser ## Take screenshots of the main pages, in both languages, at 390 and 1280 pixels, into shots/
	@$(BIN)/python -m tests.browser.shoot

lock: setup ## Write requirements/*.txt and package-lock.json anew from what is asked for
	@for name in base dev; do $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	@$(BIN)/python -m parvis.theme.vendoring --lock
