# SEEDS= and WAREHOUSE= point to other folders for input and output, STRICT=1 refuses new errors,
# FULL=1 computes everything again. Recipes take what has a name of the user's choice from the
# environment, in quotes: a path may have spaces and quotes in it.
PYTHON ?= python3
SEEDS ?= $(CURDIR)/seeds
WAREHOUSE ?= $(CURDIR)/warehouse
DAGSTER_HOME ?= $(CURDIR)/.dagster
SUPERSET_HOME ?= $(CURDIR)/.superset
SCRATCH ?= $(CURDIR)/.bench
HOST ?= 127.0.0.1
PORT ?= 3000
# A dollar sign in what the environment says is itself.
$(foreach name,SEEDS WAREHOUSE DAGSTER_HOME SUPERSET_HOME SCRATCH INBOX POSTGRES_URL DOCUMENT DOCUMENTS DISCLOSURE LIST INTO SQL,$(if $(filter environment,$(origin $(name))),$(eval $(name) := $$(value $(name)))))
export SEEDS WAREHOUSE DAGSTER_HOME SUPERSET_HOME SCRATCH INBOX STRICT FULL POSTGRES_URL MEMORY_LIMIT JUDGING_DAY PORTION SHOWN_DISCLOSURES EXPORTED_ROWS SPARK_REMOTE
export HOST PORT DOCUMENT DOCUMENTS AGAINST VERSION ORGANIZATION DISCLOSURE DISCLOSURES INTO SQL FORMAT LIST RULE
export PYTHONPATH = $(CURDIR)
# Names of files are UTF-8 to DuckDB, whatever the locale says.
export PYTHONUTF8 = 1
export DO_NOT_TRACK = 1
export GX_ANALYTICS_ENABLED = false

run = .venv/bin/python -m
budget = $(run) budget_warehouse

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 20

# What the targets are given is looked at before anything is installed.
settings:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python3.11 build")'
	@$(PYTHON) -m budget_warehouse.commands $(MAKECMDGOALS)

.venv/installed: deploy/install.py deploy/uv.txt pyproject.toml uv.lock budget_warehouse/outputs/explorer/echarts.json | settings
	$(PYTHON) deploy/install.py
	@$(budget) fetch-charts
	@touch $@

.venv/installed-spark: .venv/installed
	$(PYTHON) deploy/install.py --extra spark
	@touch $@

install: settings .venv/installed $(if $(SPARK_REMOTE),.venv/installed-spark)  ## Set up the locked environment in .venv
	@test "$$DAGSTER_HOME/dagster.yaml" -nt deploy/dagster.yaml || { umask 022 && mkdir -p "$$DAGSTER_HOME" && cp deploy/dagster.yaml "$$DAGSTER_HOME/"; }

build: install  ## Rebuild and publish the warehouse from the seeds
	@$(budget) build

versions: install  ## List the published versions and what each changed
	@$(budget) versions

rollback: install  ## Publish an earlier version again: make rollback VERSION=20260131T180000Z
	@$(budget) rollback -- "$$VERSION"

read: install  ## Read a published document: make read DOCUMENT=path/to/budget.pdf
	@$(budget) read --into "$$SEEDS/disclosures" -- "$$DOCUMENT"

read-again: install  ## Read every kept document again; what a person reviewed or changed stays
	@$(budget) read --again --into "$$SEEDS/disclosures"

check-document: install  ## Check a draft before it is published: make check-document DOCUMENT=path/to/budget.pdf
	@$(budget) check -- "$$DOCUMENT"

review: install  ## List findings without a verdict and judge them: make review DISCLOSURE=putuo-wanli-2023-budget
	@$(budget) review -- "$$DISCLOSURE"

trust: LIST ?= tests/documents/verified_errors.csv
trust: install  ## Recall and precision by rule, by errors that people verified: make trust LIST=errors.csv
	@$(budget) trust -- "$$LIST"

mutation-score: install  ## Change every figure by one digit and count which the rules notice: DISCLOSURE=name or DOCUMENT=path
	@$(run) budget_warehouse.measures mutation-score --disclosures "$$DISCLOSURE" $${DOCUMENT:+-- "$$DOCUMENT"}

judge-again: install  ## Judge what is published again by a rule as it stands now: make judge-again RULE=NT-16
	@$(run) budget_warehouse.measures judge-again -- "$$RULE"

difference: install  ## What the work since AGAINST=main changes in figures and findings of DOCUMENTS=folder
	@$(run) budget_warehouse.measures difference --against "$$AGAINST" -- "$${DOCUMENTS:-tests/documents}"

query: install  ## Ask the published marts in SQL, at a prompt or with SQL="select …" FORMAT=csv
	@$(budget) query --format "$${FORMAT:-table}" -- "$$SQL"

publish-postgres: install  ## Copy the published marts to the database of POSTGRES_URL=
	@$(budget) publish-postgres

test: install  ## Run the tests, a file at a time on each core; ARGS= goes to pytest
	$(run) pytest --numprocesses logical --dist loadfile --no-loadscope-reorder $(ARGS)

test-rules: install  ## Try the rules on made-up rows: all, or RULE=pl_03, or RULE=narrative
	@.venv/bin/python tests/try_rules.py $(RULE)

test-bi: install  ## Run the tests with a real PostgreSQL and a real Superset
	$(run) pytest tests/bi

test-faults: install  ## Kill, corrupt, fill and disturb real builds and nights, a thousand mutants (an hour, as root on Linux)
	$(run) pytest tests/faults

soak: NIGHTS = 200
soak: install  ## Let NIGHTS=200 of random change pass on one warehouse, in SCRATCH= (a day, as root on Linux)
	PYTHONPATH="$(CURDIR):$(CURDIR)/tests" .venv/bin/python tests/faults/soak.py --nights "$(NIGHTS)" --into "$$SCRATCH/soak"

test-bench: install  ## Compare published amounts and checks with a second opinion, and question publications fifty at a time
	$(run) pytest tests/bench

test-spark: .venv/installed-spark install  ## Run the tests on a real Spark cluster of two workers on loopback
	$(run) pytest tests/spark

.sqlmesh/installed: .venv/installed benchmarks/sqlmesh/pyproject.toml benchmarks/sqlmesh/uv.lock
	$(PYTHON) deploy/install.py --project benchmarks/sqlmesh --environment .sqlmesh/venv
	@touch $@

bench: SIZE = small
bench: install .sqlmesh/installed  ## Measure against others, SIZE=small, medium or large; SCRATCH= is a folder to work in
	$(run) benchmarks --size "$(SIZE)" --scratch "$$SCRATCH"

bench-spark: DISCLOSURES = 100 1000
bench-spark: .venv/installed-spark install  ## Measure DuckDB beside a Spark cluster on loopback, DISCLOSURES="100 1000"
	$(run) benchmarks.on_spark --disclosures $(DISCLOSURES) --scratch "$$SCRATCH"

rule-pages: install  ## Write docs/rules from the list of rules
	@$(budget) rule-pages

check: install  ## Lint, type-check and parse everything, Python beside SQL
	@$(MAKE) --no-print-directory --jobs 2 $(filter --output-sync=target,$(.FEATURES:output-sync=--output-sync=target)) check-sql check-python

check-python: install
	$(run) ruff check
	$(run) ruff format --check
	.venv/bin/typos
	$(run) mypy

# What dbt parsed, sqlfluff takes from dbt_project/target: the target is the same.
check-sql: install
	$(budget) check-lists
	cd dbt_project && ../.venv/bin/dbt --quiet parse --target lint --no-partial-parse --warn-error
	.venv/bin/python tests/lint_sql.py

check-changed: install  ## Lint, type-check and parse what differs from origin/main
	@.venv/bin/python tests/check_changed.py

.github/javascript/node_modules: .github/javascript/package-lock.json
	npm ci --prefix .github/javascript --ignore-scripts --no-audit --no-fund
	@touch $@

check-js: .github/javascript/node_modules  ## Lint and type-check the explorer's JavaScript, with Node.js 20
	npm run --silent --prefix .github/javascript check

format: install  ## Put Python and SQL into the house style
	$(run) ruff check --fix
	$(run) ruff format
	$(run) sqlfluff fix dbt_project/models dbt_project/tests

serve: install  ## Dagster UI and daemon on 127.0.0.1, port 3000, or HOST= and PORT=
	@test "$$HOST" = 127.0.0.1 || echo "Whoever reaches $$HOST:$$PORT can start and stop builds: put a proxy with authentication in front of it."
	@umask 022 && .venv/bin/dagster instance migrate > /dev/null  # before several processes make the records at once
	umask 022 && exec .venv/bin/dagster dev --module-name dagster_project.definitions --host "$$HOST" --port "$$PORT"

serve-data: PORT = 8090
serve-data: install  ## Marts as JSON and CSV, and the explorer, on 127.0.0.1, port 8090, or HOST= and PORT=
	@exec $(budget) serve

alert: install  ## Send a trial alert to every channel that is set
	@$(budget) alert

.superset/installed: deploy/install.py deploy/uv.txt bi/superset/pyproject.toml bi/superset/uv.lock | settings
	$(PYTHON) deploy/install.py --project bi/superset --environment .superset/venv
	@touch $@

superset: PORT = 8088
superset: .superset/installed  ## Apache Superset over the warehouse on 127.0.0.1, port 8088 or PORT=
	@test -f "$$WAREHOUSE/budget.duckdb" || $(MAKE) --no-print-directory build
	@mkdir -p "$$SUPERSET_HOME"
	@.superset/venv/bin/python bi/superset/serve.py "$$PORT"

docs: install  ## dbt docs with the lineage and the data dictionary, as one page
	@test -f "$$WAREHOUSE/budget.duckdb" || $(MAKE) --no-print-directory build
	@$(budget) docs

explore: install  ## Write the explorer, of all or of ORGANIZATION= or DISCLOSURES= into INTO=
	@test -f "$$WAREHOUSE/budget.duckdb" || $(MAKE) --no-print-directory build
	@$(budget) explore

files: install  ## Write every mart as Parquet, however long
	@test -f "$$WAREHOUSE/budget.duckdb" || $(MAKE) --no-print-directory build
	@$(budget) files

clean:  ## Remove what a build writes, except the published warehouse
	rm -rf dbt_project/target dbt_project/logs .dagster "$$WAREHOUSE/target" "$$WAREHOUSE/target-spark"
	rm -f $(foreach name,landing working build candidate,"$$WAREHOUSE/$(name).duckdb" "$$WAREHOUSE/$(name).duckdb.wal")

.PHONY: help settings install build versions rollback read read-again review trust check-document mutation-score judge-again difference query publish-postgres test test-rules test-bench test-bi test-faults soak test-spark \
	bench bench-spark check check-python check-sql check-changed check-js format serve serve-data alert superset docs explore files clean
