"""File formats: bytes to text and paragraphs.

A parser is a pure function: bytes in, `Source` out, or a `FormatError` whose message lacks its
subject, since a parser does not know the name of the file; `naming` adds it. A new format is one
function and one line of `PARSERS`. Only `read_bytes` touches the disk.

    detect                       bytes ─▶ format
    encoding                     bytes ─▶ text
    plain, markdown, page, epub, office, tei, pdf, subtitles   the parsers
    usfm, scripture              those of scripture
    markup, archive              XML, HTML and zip that are not trusted
    blocks                       HTML ─▶ blocks ─▶ Source
    headings, hyphens, licence   what is found in texts without markup
    corpus                       parsers of files that hold several aligned versions
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from reader.errors import FormatError, reason
from reader.formats.corpus import CORPORA
from reader.formats.corpus.columns import in_columns
from reader.formats.corpus.dual import parse_dual
from reader.formats.detect import detect
from reader.formats.epub import parse_epub
from reader.formats.markdown import parse_markdown, read_markdown
from reader.formats.office import (
    parse_docx,
    parse_fictionbook,
    parse_odt,
    parse_rtf,
    read_docx,
    read_odt,
)
from reader.formats.page import parse_mhtml, parse_page, parse_webarchive, read_page
from reader.formats.pdf import parse_pdf
from reader.formats.plain import parse_plain
from reader.formats.scripture import parse_osis, parse_usx
from reader.formats.subtitles import parse_subtitles
from reader.formats.tei import parse_tei
from reader.formats.usfm import parse_usfm
from reader.languages import known_code
from reader.model import Corpus, Source

LARGEST = 256 * 2**20
"""Bytes of a file. Books with pictures and translation memories have less."""

PARSERS: dict[str, Callable[[bytes], Source]] = {
    ".ass": parse_subtitles,
    ".docx": parse_docx,
    ".epub": parse_epub,
    ".fb2": parse_fictionbook,
    ".htm": parse_page,
    ".html": parse_page,
    ".markdown": parse_markdown,
    ".md": parse_markdown,
    ".mht": parse_mhtml,
    ".mhtml": parse_mhtml,
    ".odt": parse_odt,
    ".osis": parse_osis,
    ".pdf": parse_pdf,
    ".rtf": parse_rtf,
    ".sfm": parse_usfm,
    ".srt": parse_subtitles,
    ".ssa": parse_subtitles,
    ".tei": parse_tei,
    ".text": parse_plain,
    ".txt": parse_plain,
    ".usfm": parse_usfm,
    ".usx": parse_usx,
    ".vtt": parse_subtitles,
    ".webarchive": parse_webarchive,
    ".xhtml": parse_page,
}

MAY_BE_CORPORA: dict[str, Callable[[bytes], Corpus | None]] = {
    **dict.fromkeys((".ass", ".srt", ".ssa", ".vtt"), parse_dual),
    **dict.fromkeys((".htm", ".html", ".xhtml"), in_columns(read_page)),
    **dict.fromkeys((".markdown", ".md"), in_columns(read_markdown)),
    ".docx": in_columns(read_docx),
    ".odt": in_columns(read_odt),
}
"""Parsers of documents that may hold several versions; they return None for one text."""


def parse(data: bytes, suffix: str) -> Source:
    """Parse the bytes of a file with this suffix, such as ".txt"; "" is plain text.

    The format is detected from the bytes where they show it; otherwise the suffix decides.

    Raises:
        FormatError: without a subject: "what is wrong; what would be right".
    """
    found = _format(data, suffix)
    if found in CORPORA:
        raise FormatError("holds several versions, aligned already; give the text of one")
    named = suffix.lower()
    source = PARSERS[found](data)
    if found == ".txt" and suffix and named not in PARSERS and not language_of(suffix):
        note = f"format: {suffix!r} is not known; read as plain text"
    elif PARSERS[found] is not PARSERS.get(named, PARSERS[found]):
        note = f"format: named {named} but holds {found}; read as that"
    else:
        return source
    return replace(source, notes=(note, *source.notes))


def parse_corpus(data: bytes, suffix: str) -> Corpus | None:
    """Parse the bytes of a file that holds several versions; None if it holds one text.

    Raises:
        FormatError: as `parse` does.
    """
    found = _format(data, suffix)
    parser = CORPORA.get(found) or MAY_BE_CORPORA.get(found)
    return parser(data) if parser else None


def _format(data: bytes, suffix: str) -> str:
    """Return the format of a file as a key of `PARSERS` or `CORPORA`.

    Raises:
        FormatError: it is in none of them.
    """
    if found := detect(data):
        return found
    named = suffix.lower()
    if named in PARSERS or named in CORPORA:
        return named
    if not suffix or language_of(suffix) or _is_utf8(data):
        return ".txt"
    known = ", ".join(sorted({*PARSERS, *CORPORA}))
    raise FormatError(f"unknown format {suffix!r}; known are {known}")


def _is_utf8(data: bytes) -> bool:
    try:
        return b"\0" not in data and bool(data.decode())
    except UnicodeDecodeError:
        return False


def language_of(suffix: str) -> str:
    """Return the code of a suffix that names a language, as Moses files have it; else "".

    Two versions in one language are numbered there: ".pt1".
    """
    if suffix.lower() in PARSERS or suffix.lower() in CORPORA:
        return ""
    return known_code(suffix.removeprefix(".").rstrip("0123456789"))


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Add the name of a file to the message of a `FormatError` that is raised inside."""
    try:
        yield
    except FormatError as error:
        name = str(path)
        raise FormatError(f"{name if name.isprintable() else ascii(name)}: {error}") from None


def read_bytes(path: Path) -> bytes:
    """Return the content of a file or a pipe; of a folder that is an EPUB, as an archive.

    Raises:
        FormatError: it is missing, another folder, unreadable or too large.
    """
    with naming(path):
        return _bytes(path)


def _packed(folder: Path) -> bytes:
    """Return an EPUB that is a folder, as some programs keep it, as an archive."""
    if not (folder / "META-INF" / "container.xml").is_file():
        raise FormatError(f"is a folder; give its files, as in {folder}/*")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.writestr(ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return packed.getvalue()


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            data = _packed(path)
        # A device such as /dev/zero has no end.
        elif not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise FormatError("is neither a file nor a pipe; give a file")
        else:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise FormatError(f"is larger than {LARGEST >> 20} MB; give it in parts")
        return data
    except FileNotFoundError:
        if str(path).startswith(("http:/", "https:/")):
            problem = "is an address, and nothing is fetched; save the page and name its file"
        else:
            problem = "no such file; check the name"
        raise FormatError(problem) from None
    except OSError as error:
        raise FormatError(f"cannot be read ({reason(error)}); give a readable file") from None
    except ValueError as error:  # a NUL in the name
        raise FormatError(f"cannot be read ({error}); check the name") from None
