# Everything a newcomer, a developer and CI need; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run stop logs reset demo venv venv-tests test lint unit chaos bench bench-formation compose-test schemathesis test-permissions test-pythons

PY := .commonthread/venv/bin/python
STACK := $(PY) -m deploy.local.stack

help: ## List what can be made
	@echo "Commonthread: make WHAT"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: venv ## Run the whole platform on this machine (PORT=8080 MAIL_PORT=8025); Ctrl-C stops it
	@CT_PORT=$(PORT) CT_MAIL_PORT=$(MAIL_PORT) $(STACK) run

stop: ## Stop what `make run` started, from another terminal
	@$(STACK) stop

logs: ## Follow the logs of every part
	@tail -n 20 -F .commonthread/logs/*.log

reset: ## Forget all data of the local stack (asks first; YES=1 does not ask)
	@$(STACK) reset $(if $(YES),--yes)

demo: venv ## Play the whole story through the gateway (ROSTER=file.csv for another roster)
	@$(PY) -m deploy.tools.cli demo $(if $(ROSTER),--roster $(ROSTER))

venv: ## Install what running needs: RabbitMQ, the virtual environment, MongoDB's server
	@deploy/local/setup.sh

venv-tests:
	@deploy/local/setup.sh --tests

test: venv-tests ## Check everything: lint, then every suite; installs what it needs
	@$(MAKE) --no-print-directory lint
	@$(PY) -m tests.lanes

lint: venv-tests ## Style, types and the rules of who may import whom
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy services gateway deploy
	@.commonthread/venv/bin/lint-imports

unit: venv-tests ## The fast tests only
	@$(PY) -m pytest -q tests/unit tests/contract

chaos: venv-tests ## Break everything on purpose and count what was lost (nothing may be)
	@$(PY) -m tests.chaos

bench: venv-tests ## Measure against the peers, side by side
	@$(PY) -m tests.benchmarks

bench-formation: venv-tests ## The formation engine on public and generated rosters (ARGS="--seconds 1 --only Geo")
	@$(PY) -m tests.benchmarks.formation $(ARGS)

compose-test: venv-tests ## The story against the containers (skipped where no engine can be had)
	@deploy/compose-test

test-permissions: venv-tests ## Who may do what: every operation as every role, on own and others' things
	@$(PY) -m pytest -q -rP tests/permissions

schemathesis: venv-tests ## Generated requests as each role against a stack of its own (SECONDS=180 each)
	@$(PY) -W ignore -m tests.security.every_role $(or $(SECONDS),180)

test-pythons: ## Unit and contract tests on every Python from 3.11 to 3.13 that is installed
	@deploy/local/test-pythons.sh
