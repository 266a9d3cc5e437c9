"""USFM, the format of Bible translators (Unified Standard Format Markers 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode
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
# Markers without their levels; all others are within a paragraph.
_VERSES = frozenset({"q", "qc", "qd", "qm", "qr"})
_PARAGRAPHS = """
    b cd cls cp d ib ie iex ili im imi imq io ip ipi ipq ipr iq lf lh li lim lit m mi mr nb p pb pc
    ph pi pm pmc pmo pmr po pr r sp sr tr v
"""
_HEADINGS = "c cl imt imte iot is ms mt mte qa s"
_NOT_SHOWN = "h id ide rem restore sts toc toca usfm"
_OPENING: dict[str, Literal["text", "heading"] | None] = {
    **dict.fromkeys((*_PARAGRAPHS.split(), *_VERSES), "text"),
    **dict.fromkeys(_HEADINGS.split(), "heading"),
    **dict.fromkeys(_NOT_SHOWN.split()),
}


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
    footnotes = [
        Block(f"* {_plain(_MARKER.sub('', note[2])).strip()}", "note")
        for note in _FOOTNOTE.finditer(text)
    ]
    body = _FOOTNOTE.sub("*", text)
    notes = decoded.notes
    if references:
        left = counted(references, "cross reference", "cross references")
        notes += (f"scripture: {left} left out",)
    return make_source([*_blocks(body), *footnotes], encoding=decoded.encoding, notes=notes)


def _plain(text: str) -> str:
    """Return a text on one line; a tie is a no-break space, two strokes are a place to break."""
    return _BLANKS.sub(" ", text.replace("~", "\u00a0").replace("//", " "))


def _blocks(body: str) -> Iterator[Block]:
    """Yield the paragraphs and headings in order; some may be blank."""
    kind: Literal["text", "heading"] | None = None
    lines = [""]
    _, *pieces = _MARKER.split(body)
    for marker, end, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if marker in _VERSES and kind == "text":
            lines.append("")
        elif marker in _OPENING and end != "*":
            if kind:
                yield Block("\n".join(map(str.strip, lines)), kind)
            kind = _OPENING[marker]
            lines = [""]
        lines[-1] += _plain(text)
    if kind:
        yield Block("\n".join(map(str.strip, lines)), kind)
