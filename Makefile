# Everything runs in a virtual environment of its own; nothing is installed beside it.
# Packages come through the machine's own pip settings, in the versions of requirements.lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FUZZ_SECONDS ?= 35
FUZZ_SEED ?= 1

.PHONY: demo test check fuzz docs npm format bench lock clean

demo: $(VENV)/demo.stamp  ## the main job on the real page
	@echo "The German page content/netzwerk/index.de.md and its catalogs in locales/:"
	$(BIN)/netzwerk-i18n sync
	@git status --short -- content locales 2>/dev/null | sed 's/^/changed: /' || true
	@echo "The localized pages are content/netzwerk/index.en.md, index.fr.md and index.es.md."

test: $(VENV)/test.stamp  ## the tests
	$(BIN)/python -m pytest -n auto

check: $(VENV)/test.stamp  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(VENV)/test.stamp  ## a short search for bytes that break a promise; FUZZ_SECONDS=600 FUZZ_SEED=0 for a longer, random one
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[fuzz]' 2>/dev/null \
	  && $(BIN)/python -c 'import atheris' 2>/dev/null; \
	then PYTHONHASHSEED=0 $(BIN)/python tests/fuzz/fuzz_check.py -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) -verbosity=0 -artifact_prefix=$(VENV)/fuzz- ; \
	else echo "fuzz: SKIPPED, atheris cannot be installed with this Python"; fi

docs: $(VENV)/docs.stamp  ## the documentation, in build/docs
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet docs build/docs

npm:  ## what reads MDX, and Zola, for the tests that need them and are skipped without
	@mkdir -p build/npm && cp tests/npm/package.json build/npm/
	@if command -v npm >/dev/null && npm install --prefix build/npm --no-package-lock --no-audit --no-fund --silent \
	  --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000; \
	then :; else echo "npm: SKIPPED, the packages of tests/npm/package.json cannot be installed"; fi

format: $(VENV)/test.stamp  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/demo.stamp  ## this tool beside its peers
	$(BIN)/python benchmarks/compare.py

lock: $(VENV)/test.stamp  ## note the versions that are installed now
	$(BIN)/pip freeze --exclude-editable --exclude netzwerk-i18n | grep -v '@' > requirements.lock

clean:
	rm -rf $(VENV) build dist

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "netzwerk-i18n needs Python 3.11 or newer; say make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.stamp: pyproject.toml requirements.lock | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

$(VENV)/docs.stamp: pyproject.toml requirements.lock | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[docs]'
	@touch $(VENV)/demo.stamp $@

$(VENV)/test.stamp: pyproject.toml requirements.lock | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[test,check]'
	@touch $(VENV)/demo.stamp $@
