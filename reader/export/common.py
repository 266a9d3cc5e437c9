"""What all exporters share: options, the result, names of versions, clean text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from reader.export.selection import EVERYTHING, Selection
from reader.model import Document, numbered, one_line

# What XML 1.0 cannot hold (section 2.2, Char) and no text file should: controls, surrogates,
# non-characters. Tab and line ends are blanks already.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# They belong to the text (French sets them before "!"), but `str.split` takes them for blanks.
_NO_BREAK_SPACES = re.compile("([\u00a0\u2007\u202f]+)")

TOOL = "parallel-reader"
"""The name of this program in files."""
BOM = b"\xef\xbb\xbf"
LONG_SIDE = 2000
"""Characters above which some translation memories cut or refuse a text without a word."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which rows to write, and what to add to them."""

    selection: Selection = EVERYTHING
    pivot: bool = False
    """Add the machine translations into the pivot language, marked as such."""
    pivot_language: str = "en"
    """Code of the pivot language."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """Index of a row -> the note to add to it, on one line."""


Unit = tuple[str, ...]
"""The texts of the versions that stand together in a file; "" where a cell is empty."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The content of a file, or of several that belong together."""

    units: tuple[Unit, ...]
    """All units, in the order of the files: reading these back must give exactly the units."""
    files: tuple[tuple[str, bytes], ...]
    """(ending, content); the ending is "" if there is only one file, named by the user, otherwise
    what takes the place of its suffix, such as ".pt-en.pt"."""
    notes: tuple[str, ...] = ()
    """What had to be left out or changed, one line each."""


def version_ids(documents: Sequence[Document]) -> tuple[str, ...]:
    """Name each version by its file: without suffix if that is unique, else with it or numbered."""
    files = [clean(document.name) for document in documents]
    stems = [PurePath(file).stem or file for file in files]
    names = [s if stems.count(s) == 1 else file for s, file in zip(stems, files, strict=True)]
    return numbered(names, "#")


def plain_text(text: str) -> tuple[str, int]:
    """Return the text without control characters and the like, and how many there were."""
    return _FORBIDDEN.subn("", text)


def line_of(text: str) -> str:
    """Return the text on one line, as `one_line` does, but keep its no-break spaces."""
    if not _NO_BREAK_SPACES.search(text):
        return one_line(text)
    # Odd parts are what was split at.
    parts = _NO_BREAK_SPACES.split(text)
    return "".join(part if k % 2 else one_line(part) for k, part in enumerate(parts)).strip()


def clean(text: str) -> str:
    """Return the text on one line without control characters and the like."""
    return line_of(plain_text(text)[0])


def tool_version() -> str:
    """Return the version of this program; "0" where it is not installed."""
    try:
        return version(TOOL)
    except PackageNotFoundError:
        return "0"
