# Seven commands and no more. `make` alone says what they do.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix seed bench
SIZE ?= 10000
PYTHON := .venv/bin/python
WITH_DATABASE := $(PYTHON) -m kentongan.config.database run --

help:
	@echo 'make setup   pasang yang diperlukan ke .venv            (install what is needed)'
	@echo 'make run     jalankan Kentongan; Ctrl-C berhenti        (run everything; PORT=8000, KENTONGAN_DATA=var)'
	@echo 'make test    jalankan semua uji, juga di peramban       (run all tests, browser journeys included)'
	@echo 'make check   periksa gaya, tipe, dan batas antarruang   (lint, types, templates, import contracts, migrations)'
	@echo 'make fix     rapikan kode dan templat                   (format what can be formatted)'
	@echo 'make seed    isi data contoh yang banyak, SIZE=10000    (large, repeatable data)'
	@echo 'make bench   ukur angka-angka di README                 (print the figures of the README)'

setup:
	@scripts/setup prod

run: setup
	@exec $(PYTHON) -m kentongan.config.supervisor

test:
	@scripts/setup dev
	@exec scripts/test

check:
	@scripts/setup dev
	@scripts/check

fix:
	@scripts/setup dev
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .
	@.venv/bin/djlint --reformat --quiet kentongan || true

seed: setup
	@exec $(PYTHON) manage.py seed $(SIZE)

bench: setup
	@exec scripts/bench
