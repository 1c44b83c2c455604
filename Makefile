# Everything a contributor or CI runs. Each target makes what it needs, starting from Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test coverage slow check format lint types layers bench corpus-check site clean
help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.run: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@echo 'Installing policydiff into $(VENV) …' >&2
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo 'Installing the development tools …' >&2
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

demo: $(VENV)/.run ## Print what Jing'an took from Shanghai's directive, and write the HTML report
	@mkdir -p out
	@$(BIN)/policydiff compare shanghai/jingan/life-health-2021 shanghai/health-services-2018 --store corpus
	@$(BIN)/policydiff compare shanghai/jingan/life-health-2021 shanghai/health-services-2018 --store corpus -o out/jingan-2021.html
	@echo "The same report as one HTML file: $(CURDIR)/out/jingan-2021.html"

# Workers take tests from each other: the long ones must not all fall to one.
test: $(VENV)/.dev ## Run the tests (PYTEST='tests/store -k add' chooses)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not slow' $(PYTEST)

# Counting the branches takes more than a third of the time again, and no test asks for the count.
coverage: $(VENV)/.dev ## The same, and print the branches that no test takes
	$(MAKE) test PYTEST='--cov --cov-report=term:skip-covered $(PYTEST)'

slow: $(VENV)/.dev ## Run the tests that take minutes each: kills, crowds of writers, thousands of mutants, sixty days of accidents
	$(BIN)/python -m pytest -n 2 --dist worksteal -m slow $(PYTEST)

format: $(VENV)/.dev ## Check the formatting (make format FIX=1 rewrites)
	$(BIN)/ruff format $(if $(FIX),,--check) .

lint: $(VENV)/.dev ## Lint
	$(BIN)/ruff check $(if $(FIX),--fix) .

types: $(VENV)/.dev ## Check the types, strictly
	$(BIN)/mypy

layers: $(VENV)/.dev ## Check that imports point one way
	$(BIN)/lint-imports

check: format lint types layers site test ## All of these: what CI runs

bench: $(VENV)/.dev ## Print the figures of docs/accuracy.md and docs/speed.md
	$(BIN)/python -m benchmarks

corpus-check: $(VENV)/.dev ## Parse all laws and pages of the development data and compare with the golden counts
	$(BIN)/python -m benchmarks.corpus_check

site: $(VENV)/.dev ## Build the documentation as a site in out/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

clean: ## Remove what the targets made
	rm -rf $(VENV) out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage
