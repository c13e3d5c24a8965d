# `make run` and `make test` do everything on a fresh Debian or Ubuntu with Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
FLASK := $(BIN)/flask --app app
INSTALLED := .venv/installed-run
INSTALLED_DEV := .venv/installed-dev
CATALOGUES := $(wildcard participation/translations/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)

.PHONY: help run test test-sqlite test-postgresql check translations requirements bench pictures clean

help:
	@echo "make run           start the site with the demonstration network on port $(PORT)"
	@echo "make test          everything that is tested, on SQLite and on PostgreSQL, in a browser too"
	@echo "make check         style and types"
	@echo "make bench         the benchmarks under bench/"
	@echo "make pictures      every page in every state as a picture, into pictures/"
	@echo "make translations  collect the texts of the interface for translation"
	@echo "make requirements  compile the pinned requirements anew"

run: export SOGLASJE_DEMONSTRATION ?= 1
run: export SOGLASJE_PUBLIC_URL ?= http://localhost:$(PORT)
run: $(INSTALLED) $(COMPILED)
	@$(FLASK) demo run --port $(PORT)

test: $(INSTALLED_DEV) $(COMPILED)
	@PYTHON=$(BIN)/python sh tests/run.sh

check: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(INSTALLED_DEV) $(COMPILED)
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# Python's own modules for virtual environments are a package of their own on Debian.
.venv/bin/python:
	@$(PYTHON) -m venv .venv 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null; \
	    $(PYTHON) -m venv --clear .venv; \
	  else echo "Install python3-venv first: sudo apt-get install python3-venv"; exit 1; fi; }

$(INSTALLED): requirements.txt | .venv/bin/python
	@echo "Installing what the program needs ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po $(INSTALLED)
	@$(BIN)/pybabel --quiet compile -i $< -o $@

translations: $(INSTALLED)
	@$(BIN)/pybabel --quiet extract -F pyproject.toml -k _ -k ngettext:1,2 --no-location --sort-output \
	  --project Soglasje -o participation/translations/messages.pot .
	@$(BIN)/pybabel --quiet update -N --ignore-obsolete --ignore-pot-creation-date --width 110 -D messages -l sl \
	  -i participation/translations/messages.pot -d participation/translations
	@rm participation/translations/messages.pot
	@echo "New texts stand without a translation in participation/translations/sl/LC_MESSAGES/messages.po."

pictures: $(INSTALLED_DEV) $(COMPILED)
	@$(BIN)/python tests/pictures/take.py

requirements:
	@for list in requirements requirements-dev; do uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header $$list.in -o $$list.txt || exit 1; done

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache pictures
