# The workflow as a program: `uv run --group lint just check` is what CI runs.

# list what there is
default:
    @just --list

# format and mend what can be mended
fix:
    ruff format .
    ruff check --fix .

# everything that must hold
check: lint types layers test

lint:
    ruff format --check .
    ruff check .

types:
    mypy
    mypy --platform win32 reader

layers:
    lint-imports

test *ARGS:
    pytest {{ARGS}}

# make the screen pictures anew; look at them before you commit
snapshots:
    pytest tests/tui --snapshot-update
