# Plumbline (准绳). `make` alone lists what it can do.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n 2 --dist worksteal
PYTHON_CODE := .
CATALOGUES := $(BIN)/python -m tools.catalogues
COMPILE := $(BIN)/uv pip compile $(UPGRADE) --quiet --universal --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run demo setup test check test-long gates lint format translations screenshots golden bench lock dev browser

help:
	@echo "Plumbline · 准绳"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: setup ## start on http://127.0.0.1:8000 with a sign-in link (DATA=folder, PORT=number)
	@exec $(BIN)/plumbline serve --link

demo: setup ## the same with a sample world, in a folder of its own (DATA=folder, otherwise ./demo-data)
	@export DATA="$${DATA:-./demo-data}"; $(BIN)/python -m tools.demo && exec $(BIN)/plumbline serve --link

setup: ## only set up; afterwards .venv/bin/plumbline works
	@$(PYTHON) tools/bootstrap.py run

test: dev browser gates ## everything: gates, unit, property, SQLite, PostgreSQL, browser
	$(PYTEST) --cov --cov-report=term:skip-covered --durations=10

check: dev gates ## the quick half: no browser, no PostgreSQL; under 45 seconds
	$(PYTEST) -m "not browser and not postgresql and not long"

test-long: dev browser gates ## thousands of examples, and every test marked long
	$(PYTEST) -m "" --hypothesis-profile=long --durations=10

gates: lint
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/vulture

lint: dev ## look at style: ruff, djlint
	$(BIN)/ruff check $(PYTHON_CODE)
	$(BIN)/ruff format --check --quiet $(PYTHON_CODE)
	$(BIN)/djlint templates --lint --quiet

format: dev ## rewrite Python in the house style
	$(BIN)/ruff check --fix-only $(PYTHON_CODE)
	$(BIN)/ruff format $(PYTHON_CODE)

translations: dev ## bring the catalogues up to date with code and templates
	$(CATALOGUES) update

screenshots: dev browser ## every page, two widths, two languages, light and dark, into build/screens
	$(BIN)/python -m tools.screenshots

golden: dev ## keep the pages of reports as they look now, once somebody has looked at them
	$(BIN)/python -m tools.golden

bench: dev ## speed as ratios to a bare handler in the same run
	$(BIN)/python -m bench
	$(BIN)/python -m bench.scoring
	@$(BIN)/python -c "import weasyprint" 2>/dev/null || $(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.lock || true
	$(BIN)/python -m bench.reports

lock: dev ## bring requirements/ up to date with pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(COMPILE) pyproject.toml --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --extra dev --extra bench --constraint requirements/dev.lock \
		--output-file requirements/bench.lock
	echo uv | $(COMPILE) - --output-file requirements/uv.lock

dev:
	@$(PYTHON) tools/bootstrap.py dev

browser:
	@$(PYTHON) tools/chromium.py >/dev/null
