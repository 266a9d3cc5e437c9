"""PDF: the text of the pages without running heads, lines joined to paragraphs.

A PDF tells little more than where letters are printed; what was guessed is told in the notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.errors import FormatError
from reader.formats.encoding import normal
from reader.formats.plain import lay_out
from reader.model import Source

# So many lines at the top and at the bottom of a page may be running heads or page numbers.
_EDGE = 2
# They are if they stand on so many pages, any number in them counting along with the pages.
_PAGES = 3
_NUMBER = re.compile(r"^\d{1,4}\b|\b\d{1,4}$")
# How PDFium writes a hyphen at the end of a line.
_LINE_HYPHENS = re.compile("[\x02\ufffe](?=\n|$)")
LARGEST = 32 * 2**20
"""Characters."""


def parse_pdf(data: bytes) -> Source:
    """Parse the text of a PDF; pictures of pages have none.

    Raises:
        FormatError: it is damaged, has a password or no text, or pypdfium2 is not installed.
    """
    pages = list(_pages(data))
    heads, pages = _without_heads(pages)
    text = normal("\n".join("\n".join(lines) for lines in pages))
    if not text.strip():
        raise FormatError("has no text but pictures of pages; let a program for OCR read it first")
    notes = ["pdf: lines put together to paragraphs by their lengths"]
    if heads:
        notes.append(f"pdf: {heads} running heads and page numbers left out")
    return lay_out(text, encoding="pdf", notes=tuple(notes))


def _pages(data: bytes) -> Iterator[list[str]]:
    """Yield the lines of every page, from top to bottom, none blank."""
    try:
        import pypdfium2
    except ImportError:
        raise FormatError(
            "is a PDF, which needs the extra pdf; start with `uv run --extra pdf reader`, "
            "or `pip install 'parallel-reader[pdf]'`"
        ) from None
    size = 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                text = page.get_textpage().get_text_bounded()
                size += len(text)
                if size > LARGEST:
                    raise FormatError("has too much text; give a smaller file")
                text = _LINE_HYPHENS.sub("-", text.replace("\r\n", "\n"))
                yield [line.strip() for line in text.split("\n") if line.strip()]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError("is encrypted; give a copy without a password") from None
        raise FormatError("is damaged; give a whole PDF file") from None


def _without_heads(pages: Sequence[Sequence[str]]) -> tuple[int, list[list[str]]]:
    """Return the number of running heads and page numbers, and the pages without them."""
    seen: Counter[tuple[str, int | None]] = Counter()
    for number, lines in enumerate(pages):
        seen.update({_key(lines[k], number) for k in _edge(lines)})
    left, kept = 0, []
    for number, lines in enumerate(pages):
        heads = {k for k in _edge(lines) if seen[_key(lines[k], number)] >= _PAGES}
        left += len(heads)
        kept.append([line for k, line in enumerate(lines) if k not in heads])
    return left, kept


def _edge(lines: Sequence[str]) -> set[int]:
    return {k for k in range(len(lines)) if k < _EDGE or k >= len(lines) - _EDGE}


def _key(line: str, page: int) -> tuple[str, int | None]:
    """Return the words of a line, and its number relative to that of the page, None without one.

    So the heads "12 The Ferry" and "13 The Ferry" on two pages in a row are equal.
    """
    number = _NUMBER.search(line)
    words = _NUMBER.sub("", line, count=1).strip().casefold()
    return words, int(number[0]) - page if number else None
