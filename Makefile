# SEEDS= and WAREHOUSE= point to other folders for input and output, STRICT=1 refuses new errors.
PYTHON ?= python3
SEEDS ?= $(CURDIR)/seeds
WAREHOUSE ?= $(CURDIR)/warehouse
DAGSTER_HOME ?= $(CURDIR)/.dagster
UV_VERSION = 0.13.9  # the resolver that wrote uv.lock
export SEEDS WAREHOUSE DAGSTER_HOME STRICT
export PYTHONPATH = $(CURDIR)
export DO_NOT_TRACK = 1
export GX_ANALYTICS_ENABLED = false
HOST ?= 127.0.0.1
PORT ?= 3000

run = .venv/bin/python -m

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 build")'
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/installed: .uv/bin/uv pyproject.toml uv.lock
	UV_PYTHON_DOWNLOADS=never .uv/bin/uv sync --quiet --locked --python $(PYTHON)
	@touch $@

$(DAGSTER_HOME)/dagster.yaml: deploy/dagster.yaml
	@mkdir -p $(@D) && cp $< $@

install: .venv/installed $(DAGSTER_HOME)/dagster.yaml  ## Set up the locked environment in .venv

build: install  ## Rebuild and publish the warehouse from the seeds
	@$(run) dagster_project

read: install  ## Read a published document: make read DOCUMENT=path/to/budget.pdf
	@test -n "$(DOCUMENT)" || { echo "Say which: make read DOCUMENT=path/to/budget.pdf"; exit 1; }
	@$(run) dagster_project.reader --into "$(SEEDS)/disclosures" "$(DOCUMENT)"

test: install  ## Run the tests
	$(run) pytest

check: install  ## Lint, type-check and parse everything
	$(run) ruff check
	$(run) ruff format --check
	$(run) mypy
	$(run) sqlfluff lint --processes 2 dbt_project/models dbt_project/tests
	cd dbt_project && ../.venv/bin/dbt --quiet parse --no-partial-parse --warn-error

format: install  ## Put Python and SQL into the house style
	$(run) ruff check --fix
	$(run) ruff format
	$(run) sqlfluff fix dbt_project/models dbt_project/tests

serve: install  ## Dagster UI and daemon on 127.0.0.1, port 3000, or HOST= and PORT=
	@test "$(HOST)" = 127.0.0.1 || echo "Whoever reaches $(HOST):$(PORT) can start and stop builds: put a proxy with authentication in front of it."
	@.venv/bin/dagster instance migrate > /dev/null  # before several processes make the records at once
	.venv/bin/dagster dev --module-name dagster_project.definitions --host $(HOST) --port $(PORT)

alert: install  ## Send a trial alert to every channel that is set
	@$(run) dagster_project.alerts

docs: install  ## dbt docs with the lineage and the data dictionary, as one page
	@test -f $(WAREHOUSE)/budget.duckdb || $(MAKE) --no-print-directory build
	@mkdir -p $(WAREHOUSE)/docs
	@cp $(WAREHOUSE)/budget.duckdb $(WAREHOUSE)/docs/build.duckdb  # so that readers and builds go on meanwhile
	@cp $(WAREHOUSE)/landing.duckdb $(WAREHOUSE)/docs/landing.duckdb
	@cd dbt_project && WAREHOUSE=$(WAREHOUSE)/docs ../.venv/bin/dbt --quiet docs generate --static
	@rm $(WAREHOUSE)/docs/*.duckdb && mv dbt_project/target/static_index.html $(WAREHOUSE)/docs/index.html
	@echo Documentation: $(WAREHOUSE)/docs/index.html

clean:  ## Remove what a build writes, except the published warehouse
	rm -rf dbt_project/target dbt_project/logs .dagster $(WAREHOUSE)/landing.duckdb* $(WAREHOUSE)/working.duckdb* $(WAREHOUSE)/build.duckdb*

.PHONY: help install build read test check format serve alert docs clean
