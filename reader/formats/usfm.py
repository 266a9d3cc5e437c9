"""USFM, the format of Bible translators (Unified Standard Format Markers 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode, normal
from reader.model import Source
from reader.printable import counted

# Marks of where something begins or ends, and the attributes of words.
_MILESTONE = re.compile(r"\\[a-z]+\d?-[se]\b[^\\]*\\\*")
_ATTRIBUTES = re.compile(r"\|[^\\|]*(?=\\\+?[a-z]+\d?\*)")
# Numbers of chapters and verses in other traditions.
_OTHER_NUMBERS = re.compile(r"\\(va|vp|ca)\b[^\\]*\\\1\*")
# A note is over at the latest where another begins.
_FOOTNOTE = re.compile(r"\s?\\(fe?|ef)\s+\S+\s((?:(?!\\(?:fe?|ef)\s).)*?)\\\1\*", re.DOTALL)
_REFERENCE = re.compile(r"\\(e?x)\s+\S+\s((?:(?!\\e?x\s).)*?)\\\1\*", re.DOTALL)
_MARKER = re.compile(r"\\\+?([a-z]+)\d?(\*|\s|(?=\\)|$)")
_BLANKS = re.compile(r"[ \t\n]+")
# Markers without their levels.
_VERSES = frozenset({"q", "qc", "qd", "qm", "qr"})
_PARAGRAPHS = """
    b cd cls cp d ib ie iex ili im imi imq io ip ipi ipq ipr iq lf lh li lim lit m mi mr nb p pb pc
    ph pi pm pmc pmo pmr po pr r sp sr tr v
"""
_HEADINGS = "c cl imt imte iot is ms mt mte qa s"
_NOT_SHOWN = "h id ide rem restore sts toc toca usfm"
OPENING: dict[str, Literal["text", "heading"] | None] = {
    **dict.fromkeys((*_PARAGRAPHS.split(), *_VERSES), "text"),
    **dict.fromkeys(_HEADINGS.split(), "heading"),
    **dict.fromkeys(_NOT_SHOWN.split()),
}
"""Markers that begin a paragraph -> its kind, None if it is not shown; all others are within."""


class Piece(NamedTuple):
    """A marker and what follows it up to the next."""

    marker: str
    """Without its level; "" where the text only goes on."""
    text: str = ""


def parse_usfm(data: bytes) -> Source:
    """Parse a book of scripture: a paragraph for each verse, beginning with its number, notes last.

    Cross references are left out.

    Raises:
        FormatError: it is empty, binary, or has no text.
    """
    decoded = decode(data)
    text = decoded.text
    for unseen in (_MILESTONE, _ATTRIBUTES, _OTHER_NUMBERS):
        text = unseen.sub("", text)
    text, references = _REFERENCE.subn("", text)
    footnotes = [_plain(_MARKER.sub("", note[2])) for note in _FOOTNOTE.finditer(text)]
    _, *parts = _MARKER.split(_FOOTNOTE.sub("*", text))
    pieces = [
        Piece("" if end == "*" else marker, _plain(text))
        for marker, end, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
    source = make_scripture(pieces, footnotes, references)
    return replace(source, encoding=decoded.encoding, notes=decoded.notes + source.notes)


def _plain(text: str) -> str:
    """Return a text in which a tie is a no-break space, two strokes are a place to break."""
    return text.replace("~", "\u00a0").replace("//", " ")


def make_scripture(
    pieces: Iterable[Piece], footnotes: Iterable[str], references: int, language: str = ""
) -> Source:
    """Put scripture together, footnotes last; so many cross references were left out.

    Raises:
        FormatError: it has no text.
    """
    notes = [Block(f"* {_on_one_line(note)}", "note") for note in footnotes]
    left = counted(references, "cross reference", "cross references")
    told = [f"scripture: {left} left out"] if references else []
    return make_source([*_blocks(pieces), *notes], notes=told, language=language)


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", normal(text)).strip()


def _blocks(pieces: Iterable[Piece]) -> Iterator[Block]:
    """Yield the paragraphs and headings in order; some may be blank."""
    kind: Literal["text", "heading"] | None = None
    lines = [""]
    for marker, text in (*pieces, Piece("rem")):
        if marker in _VERSES and kind == "text":
            lines.append("")
        elif marker in OPENING:
            if kind:
                yield Block("\n".join(map(_on_one_line, lines)), kind)
            kind = OPENING[marker]
            lines = [""]
        lines[-1] += text
