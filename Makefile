# make demo   build the starter model and show its answers
# make test   lint, types, the whole test suite
# make docs   the documentation, as a site that opens from a folder
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# setuptools warns of every editable installation whose folders are not named like its packages
PIP    := PYTHONWARNINGS=ignore $(BIN)/pip

.PHONY: demo test lint types unit docs clean

demo: $(VENV)/installed
	$(BIN)/python examples/demo.py

test: lint types unit

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test
	$(BIN)/mypy

unit: $(VENV)/test
	$(BIN)/pytest

docs: $(VENV)/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

$(VENV)/installed: pyproject.toml setup.cfg
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	$(PIP) install --quiet --editable .
	touch $@

$(VENV)/test: $(VENV)/installed
	$(PIP) install --quiet --editable ".[test]"
	touch $@

$(VENV)/docs: $(VENV)/installed
	$(PIP) install --quiet --editable ".[docs]"
	touch $@

clean:
	rm -rf $(VENV) build site *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
