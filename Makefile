# make demo   build the starter model and show its answers
# make test   lint, types, the whole test suite
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# setuptools warns of every editable installation whose folders are not named like its packages
PIP    := PYTHONWARNINGS=ignore $(BIN)/pip

.PHONY: demo test lint types unit clean

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

$(VENV)/installed: pyproject.toml setup.cfg
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	$(PIP) install --quiet --editable .
	touch $@

$(VENV)/test: $(VENV)/installed
	$(PIP) install --quiet --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
