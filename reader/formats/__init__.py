"""Files as text and paragraphs: the table of parsers and the one function that touches the disk.

A parser is pure: bytes in, `Source` out, or a `FormatError` whose message lacks the subject
because a parser does not know whose bytes it has. A new format is one function and one line of
`PARSERS`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reader.errors import FormatError
from reader.formats.detect import detect
from reader.formats.epub import parse_epub
from reader.formats.markdown import parse_markdown
from reader.formats.page import parse_page, parse_web_archive
from reader.formats.plain import parse_plain
from reader.model import Source

PARSERS: dict[str, Callable[[bytes], Source]] = {
    ".epub": parse_epub,
    ".htm": parse_page,
    ".html": parse_page,
    ".markdown": parse_markdown,
    ".md": parse_markdown,
    ".mht": parse_web_archive,
    ".mhtml": parse_web_archive,
    ".text": parse_plain,
    ".txt": parse_plain,
    ".xhtml": parse_page,
}


def parse(data: bytes, suffix: str) -> Source:
    """Parse the bytes of a file with this suffix; "" is plain text, case does not matter.

    What the bytes are counts, where that can be seen of them; else the suffix does.

    Raises:
        FormatError: without a subject: "what is wrong; what would be right".
    """
    named = suffix.lower() or ".txt"
    found = detect(data) or named
    if found not in PARSERS:
        raise FormatError(f"unknown format {found!r}; known are {', '.join(PARSERS)}")
    source = PARSERS[found](data)
    if PARSERS[found] is not PARSERS.get(named, PARSERS[found]):
        notes = (f"format: named {named} but holds {found}; read as that", *source.notes)
        return replace(source, notes=notes)
    return source


def read(path: Path) -> Source:
    """Read and parse a file or a pipe.

    Raises:
        FormatError: it is missing, a folder, unreadable, empty, binary or of unknown format.
    """
    data = fetch(path)
    with naming(path):
        return parse(data, path.suffix)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the name of a file before the message of a `FormatError`."""
    try:
        yield
    except FormatError as error:
        name = str(path)
        raise FormatError(f"{name if name.isprintable() else ascii(name)}: {error}") from None


def fetch(path: Path) -> bytes:
    """Return what a file or a pipe holds.

    Raises:
        FormatError: it is missing, a folder or unreadable.
    """
    with naming(path):
        return _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FormatError("is a folder; give a file")
        # A device such as /dev/zero has no end.
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise FormatError("is neither a file nor a pipe; give a file")
        return path.read_bytes()
    except FileNotFoundError:
        raise FormatError("no such file; check the name") from None
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise FormatError(f"cannot be read ({reason}); give a readable file") from None
    except ValueError as error:  # a NUL in the name
        raise FormatError(f"cannot be read ({error}); check the name") from None
