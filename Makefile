# Everything a person types. Needs Python 3.11 to 3.13, make and git; installs into .venv only.
SHELL := /bin/sh
BIN := .venv/bin
# Labelled corpora (see services/extract/training/README.md), which are not kept here.
CORPORA ?= ../shared/corpora
.DEFAULT_GOAL := help
.PHONY: help run test check bench eval bench-conflation bench-extract bench-link bench-relevance bench-search bench-stack chaos clean lock format messages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start Kliping: watch inbox/, open the page (ARGS="--demo" loads the demo articles)
	@deploy/venv run
	@$(BIN)/kliping up $(ARGS)

test: ## run all tests (ARGS="tests/unit" for some)
	@deploy/venv dev
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

check: ## lint, types, import rules, size caps, dead code, dependencies
	@deploy/venv dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python deploy/caps.py
	$(BIN)/vulture
	$(BIN)/deptry .

bench: ## measure: one table, from one run
	@deploy/venv dev
	@$(BIN)/python -m bench.run $(ARGS)

eval: ## how well articles are read: every annotated set in one table
	@deploy/venv dev
	@$(BIN)/python -m bench.evaluate $(ARGS)
	@if [ -n "$(ARGS)" ]; then :; elif [ -d $(CORPORA) ]; then echo; echo "names, published development sets:"; \
	  $(BIN)/python services/extract/training/scripts/evaluate.py --corpora $(CORPORA); echo "PFSA-ID, dev-40:"; \
	  $(BIN)/python -m bench.pfsa $(CORPORA)/evaluation-only/pfsa-id/dev-40.txt.gz; \
	else echo "published sets are not scored: no folder $(CORPORA) (make eval CORPORA=...)"; fi

bench-conflation: ## measure which word forms are one term, against other stemmers (needs Docker)
	@deploy/venv dev
	@$(BIN)/python -m bench.conflation $(ARGS)

bench-extract: ## measure the extractor alone: words a second, start, growth with odd texts
	@deploy/venv dev
	@$(BIN)/python -m bench.extract $(ARGS)

bench-search: ## measure pages of the search over 100,000 articles (ARGS="--articles 5000" for a short run; --opensearch: against its bare queries)
	@deploy/venv dev
	@$(BIN)/python -m bench.search $(ARGS)

bench-relevance: ## measure how well search ranks, by judged queries (needs Docker; ARGS=--embedded does without)
	@deploy/venv dev
	@$(BIN)/python -m bench.relevance $(ARGS)

bench-link: ## measure linking with a million claims in the state (ARGS="--claims 20000" for a short run)
	@deploy/venv dev
	@$(BIN)/python -m bench.link_load $(ARGS)

bench-stack: ## measure the stack of docker-compose.yml (needs Docker; ARGS="--count 500" for a short run)
	@deploy/venv dev
	@$(BIN)/python -m bench.stack $(ARGS)

chaos: ## the kill -9 test, the damaged articles, the schedules of link workers and whatever the API may be asked, at full length
	@deploy/venv dev
	@KLIPING_TEST_CHAOS=full $(BIN)/pytest tests/chaos tests/unit/extract/test_mutations.py tests/integration/link/test_workers.py tests/integration/api --timeout 3000 $(ARGS)

format: ## format the code
	@deploy/venv dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: ## bring the catalogues of the interface's texts up to date
	@deploy/venv dev
	@$(BIN)/python services/search/messages.py

lock: ## pin requirements anew from pyproject.toml (needs uv)
	deploy/lock

clean: ## remove the venv and caches; the inbox and the data folder stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
