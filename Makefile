# make run, make test: each sets SecretRec up first (scripts/bootstrap.py); a second run finds everything ready.
# More words for the program or for pytest: make run ARGS="train --dataset ml-100k", make test ARGS="-k lock".

.DEFAULT_GOAL := help
.PHONY: help run test soak setup lint lock licences audit sbom peers clean

ARGS ?=
VENV_PYTHON := .venv/bin/python
COMPILED := .venv/.secretrec-compiled

# The bootstrap needs any Python from 3.8 on. A `python3` may be there and not run (a pyenv shim without a version), so try it.
define bootstrap
for python in python3 /usr/bin/python3 python3.10 python; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then \
		exec "$$python" scripts/bootstrap.py $(1); \
	fi; \
done; \
echo "setup: Python 3.8 or newer is needed to begin; install it, e.g. with: apt-get install python3" >&2; exit 1
endef

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-17s%s\n' "$$name" "$$text"; done

run: setup $(COMPILED) ## Open the window; without a display, train on the built-in demo data in the terminal
ifneq ($(strip $(ARGS)),)
	@$(VENV_PYTHON) TheMain.py $(ARGS)
else
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		exec $(VENV_PYTHON) TheMain.py; \
	else \
		echo "There is no display, so no window: training on the built-in demo data here instead." >&2; \
		exec $(VENV_PYTHON) TheMain.py train --dataset demo; \
	fi
endif

# In two processes, because much of the time goes to programs that start; files stay whole, as their tests share what they
# started. ARGS="-n 0" runs them in one.
test: setup ## Check style and types, then run all tests
	@$(MAKE) --no-print-directory -j 2 lint $(COMPILED)
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

soak: setup ## Long trials in 25 minutes: kills, stops, a cut network, a full disk, many rounds (ARGS=--minutes 120; --whole)
	@$(VENV_PYTHON) scripts/soak.py $(ARGS)

setup: ## Make .venv and install what is missing, nothing else
	@$(call bootstrap,setup)

# The models' hot loops, compiled for this machine and kept on disk (models/compiled.py), so that no run waits for it.
$(COMPILED): $(wildcard models/*.py) | setup
	@echo "setup: compiling what models compute with (some seconds)" >&2
	@$(VENV_PYTHON) scripts/compile_loops.py
	@echo >$@

lint: setup ## Check style and types
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy

lock: ## Make requirements.txt anew from pyproject.toml
	@$(call bootstrap,lock)

licences: setup ## List the licence of every package, and fail on one that is not allowed
	@$(VENV_PYTHON) scripts/supply_chain.py licences

audit: setup ## Look up known faults of every package (ARGS="--advisories FILE" without a network)
	@$(VENV_PYTHON) scripts/supply_chain.py audit $(ARGS)

sbom: setup ## Write the list of all packages as CycloneDX (ARGS=FILE)
	@$(VENV_PYTHON) scripts/supply_chain.py sbom $(ARGS)

peers: setup ## Install the libraries that benchmarks compare with, in .venv-peers
	@$(VENV_PYTHON) -m uv venv --quiet --allow-existing --python $(VENV_PYTHON) .venv-peers
	@$(VENV_PYTHON) -m uv pip sync --quiet --require-hashes --python .venv-peers/bin/python benchmarks/peers.txt

clean: ## Remove .venv, .venv-peers, .tools and all caches (runs and data sets stay)
	@rm -rf .venv .venv-peers .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
