# What a newcomer, a developer and CI run; `make help` lists it. Nothing but make and Python 3.11 to 3.14 is needed.
# Set-up leaves stamps in .venv/.stamps, so that each step is done once and again only when what it reads has changed.

SHELL := /bin/sh
.SILENT:
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
HALLYU := $(PY) -m bot
STAMPS := $(VENV)/.stamps
PEERS := $(VENV)/peers
KOREAN := $(VENV)/korean

# onnxruntime reports to its maker unless told otherwise.
export ORT_DISABLE_TELEMETRY := 1

# The question reaches the program through the environment, exactly as typed: make expands nothing in it.
override Q := $(value Q)
export Q

.PHONY: help ask chat run ko test check bench bench-floors bench-quality bench-faults bench-ops bench-image lock clean question prepared

help:
	echo 'make ask Q="…"   ask one question; the first time this sets everything up (about two minutes)'
	echo 'make chat        ask one question after the other'
	echo 'make run         run the Discord bot (needs DISCORD_TOKEN, see .env.example)'
	echo 'make ko          install what analyses Korean (150 MB of disk, 250 MB of memory): ranks long Korean notes better'
	echo 'make test        run all tests'
	echo 'make check       style, types and the corpus files'
	echo 'make bench       measure speed and memory; make bench-floors DATA=DIR measures retrieval'
	echo 'make bench-quality DATA=DIR  retrieval beside txtai, Chroma, bm25s and rank_bm25, and what each feature earns'
	echo 'make bench-faults  kill, crowd and confuse it at random, in full size'
	echo 'make bench-ops   measure what operating it takes: start, memory, load, restore; QUESTIONS=200000 for an hour of it'
	echo 'make bench-image   run the steps of the Dockerfile without Docker, and weigh what the image holds'
	echo 'make lock        renew the locks in requirements/;  make clean  delete what set-up made'

ask: question prepared
	$(HALLYU) ask -- "$$Q"

chat: prepared
	$(HALLYU) chat

run: prepared
	exec $(HALLYU) run

ko: prepared
	$(PY) requirements/install.py ko

test: prepared
	$(PY) -m pytest

check: $(STAMPS)/project $(STAMPS)/model
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(HALLYU) corpus check

bench: prepared
	$(PY) -m tests.benchmarks

bench-floors: prepared
	test -n "$(DATA)" || { echo 'Usage: make bench-floors DATA=DIR (the folder with the SQuAD and KorQuAD files)' >&2; exit 2; }
	$(PY) -m tests.benchmarks floors "$(DATA)"

# The peers have an environment of their own, inside ours, with the same weights of the model.
bench-quality: prepared $(STAMPS)/peers $(STAMPS)/korean
	test -n "$(DATA)" || { echo 'Usage: make bench-quality DATA=DIR (the folder with the SQuAD and KorQuAD files)' >&2; exit 2; }
	missed=0; \
	$(PY) -m tests.benchmarks against "$(DATA)" $(PEERS)/bin/python $(VENV)/quality $(KOREAN) || missed=1; \
	$(PY) -m tests.benchmarks ablation "$(DATA)" $(VENV)/quality || missed=1; \
	$(PY) -m tests.benchmarks declining "$(DATA)" $(VENV)/quality || missed=1; \
	exit $$missed

bench-faults: prepared
	PYTHONPATH=tests:. $(PY) -m faults

bench-ops: prepared
	$(PY) -m tests.benchmarks ops $(QUESTIONS)

# The only network it needs is that of `make test`; it leaves nothing behind.
bench-image: prepared
	$(PY) -m tests.benchmarks image

question:
	test -n "$$Q" || { echo 'Usage: make ask Q="How many days in a row was Golden No. 1 on Spotify?"' >&2; exit 2; }

# --- set-up ---------------------------------------------------------------------------------------------------------

prepared: $(STAMPS)/pack

$(STAMPS)/packages: requirements/runtime.txt requirements/model.txt requirements/dev.txt requirements/torch.txt \
		requirements/torch-plain.txt requirements/install.py
	$(create_venv)
	echo 'Installing the locked packages (about 1.5 GB, once) …' >&2
	$(PY) requirements/install.py dev
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/peers: requirements/peers.txt requirements/torch.txt requirements/torch-plain.txt | $(STAMPS)/packages
	$(PY) -m venv --clear $(PEERS)
	echo 'Installing the peers to compare with (about 1.5 GB, once) …' >&2
	$(PEERS)/bin/python requirements/install.py peers
	touch $@

# Beside our environment, not in it, so that both are measured: without it (before `make ko`) and with it.
$(STAMPS)/korean: requirements/ko.txt | $(STAMPS)/packages
	rm -rf $(KOREAN)
	$(PY) -m pip install -qq --no-deps --require-hashes --target $(KOREAN) -r requirements/ko.txt
	touch $@

$(STAMPS)/project: $(STAMPS)/packages pyproject.toml
	$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	conflicts=$$($(PY) -m pip check 2>&1) || { echo "$$conflicts" >&2; exit 1; }
	touch $@

$(STAMPS)/model: $(STAMPS)/packages index/embedding/adapter.safetensors index/embedding/files.py | $(STAMPS)/project
	$(HALLYU) model export >&2
	touch $@

# A folder's own time changes when a file is added or removed.
$(STAMPS)/pack: $(STAMPS)/model knowledge/corpus knowledge/entities knowledge/words \
		$(wildcard knowledge/corpus/*.yaml knowledge/entities/*.yaml knowledge/words/*.yaml)
	$(HALLYU) sync --cache-only >&2
	touch $@

SUITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))

# The newest Python that the locked packages have builds for; `make PYTHON=/path/to/python …` overrides it.
define find_python
found=; \
for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
	if "$$python" -c '$(SUITS)' >/dev/null 2>&1; then found=$$python; break; fi; \
done; \
if [ -z "$$found" ]; then \
	echo 'Hallyu needs Python 3.11, 3.12, 3.13 or 3.14 with its venv module, and found none: install one (Debian,' \
		'Ubuntu: apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12 …' >&2; \
	exit 1; \
fi
endef

define create_venv
if ! { $(PY) -c '$(SUITS)' && $(PY) -m pip --version; } >/dev/null 2>&1; then \
	$(find_python); \
	echo "Creating $(VENV) with $$("$$found" --version) …" >&2; \
	"$$found" -m venv --clear $(VENV) || { \
		echo "$(VENV) could not be created: is this folder writable and the disk not full?" >&2; exit 1; }; \
fi
endef

# --- upkeep ---------------------------------------------------------------------------------------------------------

# Pins that still fit are kept; `make lock UPGRADE=--upgrade` takes the newest. torch.txt is by hand: CONTRIBUTING.md.
COMPILE = "$$tools/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE)
IN_RUNTIME = --no-emit-package numpy --no-emit-package tqdm --no-emit-package colorama
NO_TORCH = --no-emit-package torch --excludes requirements/excludes.txt

lock:
	$(find_python); tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	"$$found" -m venv "$$tools" && "$$tools/bin/pip" install -qq uv && \
	$(COMPILE) $(NO_TORCH) --extra model --group dev pyproject.toml -o requirements/dev.txt && \
	$(COMPILE) $(NO_TORCH) -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt && \
	$(COMPILE) $(NO_TORCH) -c requirements/dev.txt --extra model --group build pyproject.toml -o requirements/model.txt && \
	grep -o 'kiwipiepy==[0-9.]*' pyproject.toml >"$$tools/ko.in" && \
	$(COMPILE) -c requirements/dev.txt $(IN_RUNTIME) "$$tools/ko.in" -o requirements/ko.txt && \
	grep '^torch==' requirements/torch.txt | sed -n 's/+cpu.*//p' >"$$tools/torch.in" && \
	$(COMPILE) $(NO_TORCH) requirements/peers.in -o requirements/peers.txt && \
	$(COMPILE) -c requirements/dev.txt "$$tools/torch.in" -o requirements/torch-plain.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find bot index knowledge tests -name __pycache__ -type d -prune -exec rm -rf {} +
