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


def test_help_loads_nothing_heavy() -> None:
    helps = (["--help"], ["--version"], ["open", "--help"], ["models", "--help"])
    assert loaded("\n".join(run(*arguments) for arguments in helps)) == set()


LIGHT = (
    "model errors corrections annotations facts export formats languages segment packages "
    "translate train tui"
)
KEEPING = "store pipeline session editor"


@pytest.mark.parametrize(
    ("rooms", "allowed"),
    [
        (LIGHT, set()),
        (KEEPING, {"sqlite_utils", "numpy"}),  # sqlite-utils loads numpy where it is
    ],
    ids=["light", "with the store"],
)
def test_rooms_load_no_more_than_they_need(rooms: str, allowed: set[str]) -> None:
    assert loaded("\n".join(f"import reader.{room}" for room in rooms.split())) <= allowed
