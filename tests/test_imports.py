"""Import hygiene at run time: what the static contracts cannot see, deferred imports."""

import subprocess
import sys

import pytest

HEAVY = (
    "textual",
    "argostranslate",
    "ctranslate2",
    "sentencepiece",
    "scipy",
    "numpy",
    "sqlite_utils",
    "lxml",
    "trafilatura",
)


def loaded(code: str) -> set[str]:
    """Return which heavy packages a piece of code loads in a fresh interpreter."""
    probe = f"import sys\n{code}\nprint(*[m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def run(*arguments: str) -> str:
    """Return code that runs the command line and survives its exit."""
    return (
        f"import sys; sys.argv = ['reader', *{arguments!r}]\n"
        "from reader.cli import main\ntry: main()\nexcept SystemExit: pass"
    )


@pytest.mark.parametrize(
    "code",
    [run("--help"), run("--version"), run("open", "--help"), run("models", "--help")],
    ids=["help", "version", "help of open", "help of models"],
)
def test_help_loads_nothing_heavy(code: str) -> None:
    assert loaded(code) == set()


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("reader.model", set()),
        ("reader.errors", set()),
        ("reader.corrections", set()),
        ("reader.annotations", set()),
        ("reader.facts", set()),
        ("reader.export", set()),
        ("reader.formats", set()),
        ("reader.languages", set()),
        ("reader.segment", set()),
        ("reader.packages", set()),
        ("reader.translate", set()),
        ("reader.store", {"sqlite_utils", "numpy"}),  # sqlite-utils loads numpy where it is
        ("reader.pipeline", {"sqlite_utils", "numpy"}),
        ("reader.session", {"sqlite_utils", "numpy"}),
        ("reader.editor", {"sqlite_utils", "numpy"}),
        ("reader.train", set()),
        ("reader.tui", set()),
    ],
)
def test_a_room_loads_no_more_than_it_needs(module: str, allowed: set[str]) -> None:
    assert loaded(f"import {module}") <= allowed


def test_stanza_and_torch_are_not_even_installed_by_uv() -> None:
    """`tool.uv.exclude-dependencies` keeps gigabytes away; a plain pip install may have them."""
    code = run("demo", "--plain")
    probe = f"{code}\nassert not [m for m in ('torch', 'stanza', 'spacy') if m in sys.modules]"
    subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True)
