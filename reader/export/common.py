"""What the exporters share: options, names of versions, text that every format can hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from reader.export.selection import EVERYTHING, Selection
from reader.model import Document, numbered, one_line

# What XML 1.0 cannot hold (section 2.2, Char) and no text file should: controls, surrogates,
# non-characters. Tab and line ends are white space by then.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# They belong to the text (French sets them before "!"), but `str.split` takes them for blanks.
_NO_BREAK_SPACES = re.compile("([\u00a0\u2007\u202f]+)")

TOOL = "parallel-reader"
"""What names this program in a file."""
BOM = b"\xef\xbb\xbf"
LONG_SIDE = 2000
"""Characters above which some translation memories cut or refuse a text without a word."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to write, and how."""

    selection: Selection = EVERYTHING
    pivot: bool = False
    """Whether the machine's pivot text goes in, marked."""
    pivot_language: str = "en"
    """Code of the language that the versions were compared in."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """What the reader noted on rows, one line each, by index; only what is to go in."""


Unit = tuple[str, ...]
"""The texts of the versions that stand together in a file; "" where a cell is empty."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The content of a file, or of several that belong together."""

    units: tuple[Unit, ...]
    """What was written, in the order of the files: a reader must find exactly this."""
    files: tuple[tuple[str, bytes], ...]
    """(ending, content): "" for the one file that is called as the user wants it, otherwise what
    takes the place of its suffix, such as ".pt-en.pt"."""
    notes: tuple[str, ...] = ()
    """What had to be left out or changed, one line each."""


def version_ids(documents: Sequence[Document]) -> tuple[str, ...]:
    """Name each version by its file's stem; where those clash by its name, then with a number."""
    files = [clean(document.name) for document in documents]
    stems = [PurePath(file).stem or file for file in files]
    names = [s if stems.count(s) == 1 else file for s, file in zip(stems, files, strict=True)]
    return numbered(names, "#")


def plain_text(text: str) -> tuple[str, int]:
    """Return the text without what no text file should hold, and how many characters those were."""
    return _FORBIDDEN.subn("", text)


def line_of(text: str) -> str:
    """Return the text on one line, as `one_line` does, but with its no-break spaces."""
    if not _NO_BREAK_SPACES.search(text):
        return one_line(text)
    # Odd parts are what was split at.
    parts = _NO_BREAK_SPACES.split(text)
    return "".join(part if k % 2 else one_line(part) for k, part in enumerate(parts)).strip()


def clean(text: str) -> str:
    """Return the text on one line and without what no text file should hold."""
    return line_of(plain_text(text)[0])


def tool_version() -> str:
    """Return the version of this program; "0" where it is not installed."""
    try:
        return version(TOOL)
    except PackageNotFoundError:
        return "0"
