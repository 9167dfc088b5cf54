# What people run, and all that CI runs. `make` alone lists the targets.
# ARGS goes to the program behind a target: make test ARGS='-k deadline', make bench ARGS=--json

PYTHON ?=
RUN := .venv/bin/python

MADE_FROM := requirements/runtime.txt $(shell find kg -name '*.py' ! -path 'kg/web/*') \
	$(shell find data ontology shapes queries -type f ! -name '.*' ! -name '*~')

.DEFAULT_GOAL := help
.PHONY: help setup build validate serve test check format messages bench fuzz jena comunica lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'

setup: .venv/runtime.stamp ## make .venv with what building and serving need (the rest joins when asked for)

build: build/kg.nq ## make the graph and its store in build/, where what they are made from has changed

validate: build ## check the built graph against its shapes
	@$(RUN) -m kg validate

serve: validate ## set up, build, validate and serve at HOST and PORT (127.0.0.1 and 8000 unless set)
	@exec $(RUN) server.py

test: .venv/dev.stamp build ## run every test that this machine allows; name those skipped, and why
	@$(RUN) -m pytest -ra --no-fold-skipped $(if $(ARGS),$(ARGS),--cov --cov-report=term)

check: .venv/dev.stamp ## check style, types, and which module imports which
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@.venv/bin/lint-imports --no-logo

format: .venv/dev.stamp ## lay the Python out anew, and mend what can be mended without thought
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

bench: .venv/bench.stamp build ## measure building, checking and serving on this machine
	@$(RUN) -m bench $(ARGS)

messages: .venv/dev.stamp ## bring kg/web/pages/translations/ in step with what pages say
	@$(RUN) -m tests.web.messages

fuzz: .venv/fuzz.stamp ## fuzz by coverage what runs before the engine, for two minutes or as ARGS say
	@$(RUN) -m tests.hostile.fuzz $(or $(ARGS),-max_total_time=120)

jena: .jena/fuseki.jar ## fetch Apache Jena Fuseki, which tests join with (needs Java 17 or later, and Maven)

comunica: .comunica/package-lock.json ## install Comunica, a client that tests ask by (needs Node 18 or later, and npm)

# Versions stay where they are but for what requirements/*.in changed; all move with ARGS=--upgrade.
lock: .venv/dev.stamp ## pin requirements/*.txt anew from requirements/*.in
	@command -v uv >/dev/null || $(RUN) -m pip install --quiet uv
	@for name in runtime dev bench fuzz; do \
		echo "Pinning requirements/$$name.txt"; \
		PATH="$$PATH:.venv/bin" uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes --no-header --no-emit-index-url $(ARGS) \
			requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
	@! grep -n '://' requirements/*.txt

clean: ## remove all that these targets have made, .venv too
	rm -rf build .build-* .comunica* .jena .venv .coverage* .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bench kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

build/kg.nq: $(MADE_FROM) | .venv/runtime.stamp
	@$(RUN) -m kg build

# Hashes are checked, and only built packages taken: nothing is compiled, nothing unnamed is fetched.
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check \
	--require-hashes --only-binary :all: --requirement

CANDIDATES := $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14)

# A new .venv each time the pins change, so that it holds what they name and nothing else.
.venv/runtime.stamp: requirements/runtime.txt
	@found=; \
	for python in $(CANDIDATES); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found=$$python; \
		break; \
	done; \
	if [ -z "$$found" ]; then \
		first=$(firstword $(CANDIDATES)); \
		echo "Zhospar needs Python 3.11 or later; '$$first --version' says: $$($$first --version 2>&1)" >&2; \
		echo "Install one, or say where one is: make setup PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$found" --version)"; \
	"$$found" -m venv --clear .venv
	@echo "Installing what building and serving need: under a minute on most machines"
	@$(INSTALL) requirements/runtime.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	@echo "Installing what testing and checking need"
	@$(INSTALL) requirements/dev.txt
	@touch $@

.venv/fuzz.stamp: requirements/fuzz.txt .venv/dev.stamp
	@echo "Installing what fuzzing needs"
	@$(INSTALL) requirements/fuzz.txt
	@touch $@

.venv/bench.stamp: requirements/bench.txt .venv/runtime.stamp
	@echo "Installing what the benchmark compares with"
	@$(INSTALL) requirements/bench.txt
	@touch $@

# Kept under its final name only once it is what the pin names.
.jena/fuseki.jar: requirements/jena.txt
	@command -v mvn >/dev/null || { echo "make jena needs Maven: install the package maven" >&2; exit 1; }
	@echo "Fetching Apache Jena Fuseki: half a minute on most machines"
	@rm -rf .jena && mkdir .jena
	@set -e; artifact=$$(sed -n 's/^\([^# ]*\) .*/\1/p' $<); sum=$$(sed -n 's/^[^# ]* //p' $<); \
	mvn --batch-mode --quiet -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:2.8:copy \
		-Dartifact="$$artifact" -DoutputDirectory=.jena -Dmdep.stripVersion=true; \
	echo "$$sum  .jena/jena-fuseki-server.jar" | sha256sum --check --status || { \
		echo "What was fetched is not the $$artifact that $< names" >&2; exit 1; }
	@mv .jena/jena-fuseki-server.jar $@

# Kept under its final name only once it is whole.
.comunica/package-lock.json: tests/comunica/package-lock.json tests/comunica/package.json tests/comunica/.npmrc
	@command -v npm >/dev/null || { echo "make comunica needs Node and npm: install the packages nodejs and npm" >&2; exit 1; }
	@echo "Installing Comunica: a minute on most machines"
	@rm -rf .comunica .comunica.part && mkdir .comunica.part && cp $^ .comunica.part
	@cd .comunica.part && npm ci --silent --no-progress
	@mv .comunica.part .comunica && touch $@
