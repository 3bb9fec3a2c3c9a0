# Cosigne. `make help` says what there is; continuous integration calls only these targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-to-run
DEV_READY := $(VENV)/.ready-to-develop
SINCE ?= main
CONTRACTS := build/contracts
TOOLS := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/cosigne/tools
HELM_VERSION := 3.22.0
KUBECONFORM_VERSION := 0.8.0
HELM := $(TOOLS)/helm-v$(HELM_VERSION)/helm
KUBECONFORM := $(TOOLS)/kubeconform-v$(KUBECONFORM_VERSION)/kubeconform
KUBERNETES_VERSION := 1.34.2
KUBERNETES := $(TOOLS)/kubernetes-v$(KUBERNETES_VERSION)
GO := $(or $(shell command -v go),$(wildcard /usr/local/go/bin/go))
# builds a program of Go into a folder, whole or not at all; where there is no Go, says what is not tried
go-install = if [ -z "$(GO)" ]; then echo "NO GO: the Helm chart will not be tried (https://go.dev/doc/install)" >&2; \
	else echo "building $(1)"; mkdir -p $(2) && GOBIN=$(2) GOFLAGS= $(GO) install $(1); fi
# the same of a module that is pinned in deploy/helm/live, with what it is made of
go-build = echo "building $(@F) (the first time takes a while: some minutes to an hour)"; mkdir -p $(@D) && \
	cd deploy/helm/live/$(1) && GOFLAGS= $(or $(GO),go) build -buildvcs=false -mod=readonly \
	-ldflags "-X k8s.io/component-base/version.gitVersion=v$(KUBERNETES_VERSION)" -o $@ $(2)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet

.PHONY: help browser setup run sandbox test test-fast lint format types imports check docs bench-append bench-load bench-rebuild bench-http bench-portal screenshots lock clean bench-revocation kafka kafka-jars bench-deliver kafka-run faults contracts drill chart chart-tools chart-live

##@ Use it
help: ## say what there is
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' Makefile

run: $(RUN_READY) ## start everything on this machine (Ctrl-C stops it; PORT=8766 for another port)
	@exec $(BIN)/cosigne run $(if $(PORT),--port $(PORT))

sandbox: $(RUN_READY) ## an installation for a partner's developer, everyone invented (PORT=…, FULL=1, PAUSE=1)
	@exec $(BIN)/cosigne sandbox $(if $(PORT),--port $(PORT)) $(if $(FULL),--full) $(if $(PAUSE),--pause $(PAUSE))

kafka: $(RUN_READY) ## a Kafka broker of one's own, for trying (Ctrl-C stops it; needs Java 17 and Maven)
	@exec $(BIN)/python -m cosigne.embedded.broker_here

##@ Prepare
kafka-jars: $(RUN_READY) ## fetch Kafka with Maven, once, for the tests
	@$(BIN)/python -m cosigne.embedded.broker_here --fetch

browser: ## a Chromium for the tests of the portal, where there is none and one may install it
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing Chromium for the tests of the portal"; \
		{ apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } >/dev/null && exit 0; fi; \
	echo "NO CHROMIUM: the pages of the portal will not be tried (on Debian: apt install chromium)" >&2

chart-tools: $(HELM) $(KUBECONFORM) ## Helm and kubeconform, where there is Go to build them with (once, two minutes)

$(HELM):
	@$(call go-install,helm.sh/helm/v3/cmd/helm@v$(HELM_VERSION),$(@D))

$(KUBECONFORM):
	@$(call go-install,github.com/yannh/kubeconform/cmd/kubeconform@v$(KUBECONFORM_VERSION),$(@D))

$(KUBERNETES)/kube-apiserver $(KUBERNETES)/kubectl:
	@$(call go-build,kubernetes,k8s.io/kubernetes/cmd/$(@F))

$(KUBERNETES)/etcd:
	@$(call go-build,etcd,go.etcd.io/etcd/server/v3)

setup: $(DEV_READY) ## make .venv with all that running and developing needs

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Cosigne needs Python 3.11 or later; say which one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv is missing (on Debian or Ubuntu: apt install python3-venv)" >&2; exit 1; }

$(RUN_READY): requirements.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "installing what running needs (the first time takes about a minute)"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@echo "installing what developing needs"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

screenshots: $(DEV_READY) browser ## every tab as it is seen, into build/screenshots (four of them into docs/screenshots)
	$(BIN)/python -m pytest --quiet -p no:cacheprovider tests/portal/browser/screenshots.py

lock: $(DEV_READY) ## resolve the dependencies again, with hashes
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

##@ Test
test: $(DEV_READY) kafka-jars browser chart-tools ## install what is needed and run every test
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup

test-fast: $(DEV_READY) ## the domain only: needs nothing, takes seconds
	$(BIN)/python -m pytest --quiet -m 'not slow' tests/*/domain

chart: $(DEV_READY) chart-tools ## the Helm chart: lint, schemas, who reaches whom, what every pod may do
	$(BIN)/python -m pytest --quiet -p no:cacheprovider tests/deploy

chart-live: $(DEV_READY) chart-tools $(KUBERNETES)/kube-apiserver $(KUBERNETES)/kubectl $(KUBERNETES)/etcd ## the chart on a real API server, built here: installed, upgraded, rolled back (not in the suite)
	$(BIN)/python -m pytest --quiet -p no:cacheprovider tests/deploy/live.py

##@ Look after the code
check: lint types imports test-fast ## all that must pass before a push
	$(BIN)/python -m pytest --quiet tests/architecture

lint: $(DEV_READY) ## every rule, and the format
	$(BIN)/ruff format --check --quiet || { echo "run: make format" >&2; exit 1; }
	$(BIN)/ruff check

format: $(DEV_READY) ## put the code in its form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix --quiet || true

types: $(DEV_READY) ## mypy, strict
	$(BIN)/mypy

imports: $(DEV_READY) ## who may import whom
	$(BIN)/lint-imports

docs: $(DEV_READY) ## write the pages of the reference that are made from the code
	$(BIN)/python -m cosigne.reference.access
	$(BIN)/python -m cosigne.reference.columns
	$(BIN)/python -m cosigne.reference.settings
	$(BIN)/python -m cosigne.reference.partner_schemas
	$(BIN)/python -m cosigne.reference.events
	$(BIN)/python -m cosigne.reference.asyncapi
	$(BIN)/python -m cosigne.reference.asyncapi_internal
	$(BIN)/python -m cosigne.reference.telemetry

contracts: $(DEV_READY) ## what the published contracts break since main (or SINCE=…), and their lint (needs npm)
	@rm -rf $(CONTRACTS) && mkdir -p $(CONTRACTS)/before $(CONTRACTS)/openapi
	git archive $(SINCE) | tar -x -C $(CONTRACTS)/before
	$(BIN)/python -m shared.contracts.changes $(CONTRACTS)/before/shared/contracts shared/contracts
	$(BIN)/python -m shared.contracts.changes $(CONTRACTS)/before/docs/reference/schemas docs/reference/schemas
	$(BIN)/python -m cosigne.reference.openapi $(CONTRACTS)/openapi
	@cp tests/contracts/package.json tests/contracts/package-lock.json tests/contracts/.spectral.yaml $(CONTRACTS)/
	cd $(CONTRACTS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cd $(CONTRACTS) && node_modules/.bin/spectral lint --fail-severity=hint ../../docs/reference/asyncapi.yaml ../../docs/reference/asyncapi-internal.yaml openapi/*.json

clean: ## remove what was made here (never the data of `make run`)
	rm -rf $(VENV) build dist *.egg-info clients/python/*/build clients/python/*/src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Measure
bench-append: $(DEV_READY) ## appends beside a bare INSERT, the stock library and message-db
	$(BIN)/python -m bench.append

bench-revocation: $(DEV_READY) ## how long someone is still let in after it was taken back, on each service
	$(BIN)/python -m bench.revocation

bench-load: $(DEV_READY) ## what loading an aggregate costs, and what a snapshot could save
	$(BIN)/python -m bench.load

bench-http: $(DEV_READY) ## the API on gunicorn: commands beside empty requests, long histories beside short
	$(BIN)/python -m bench.http

bench-portal: $(DEV_READY) ## the portal: what each tab weighs and costs, and whether ten years make it slower
	$(BIN)/python -m bench.portal

bench-rebuild: $(DEV_READY) ## views rebuilt beside a raw COPY and the library's own runner
	$(BIN)/python -m bench.rebuild

bench-deliver: $(DEV_READY) kafka-jars ## the relay, consumers, webhooks and the way from a click to a partner, beside what each is measured against
	$(BIN)/python -m bench.deliver

drill: $(DEV_READY) ## back up under load, erase, lose two servers, restore to a moment, compare (SECONDS=30 LEASE=60)
	$(BIN)/python -m bench.drill $(or $(SECONDS),30) $(or $(LEASE),60)

faults: $(DEV_READY) kafka-jars ## two minutes in which everything is killed, frozen or filled; what was lost (SECONDS=…, SEED=…)
	$(BIN)/python -m bench.faults $(or $(SECONDS),120) $(or $(SEED),2021)

kafka-run: $(DEV_READY) kafka-jars ## 200,000 events while brokers, relays and consumers are killed; counted at the end
	$(BIN)/python -m bench.kafka_run
