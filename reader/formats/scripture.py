"""Scripture in XML, USX 3 and OSIS 2.1, read as the pieces of USFM that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reader.formats.markup import attribute, descendants, local, parse_xml
from reader.formats.usfm import OPENING, Piece, make_scripture
from reader.languages import known_code
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    _Reading = Callable[[Element], Piece]

_FOOTNOTE, _REFERENCE, _HIDDEN = "f", "x", "rem"
# Elements of OSIS -> markers of USFM; all others are within a paragraph.
_OSIS = {
    **dict.fromkeys(("title", "head"), "s"),
    **dict.fromkeys(("p", "div", "salute", "signed", "closer", "caption"), "p"),
    "l": "q",
    "item": "li",
    "row": "tr",
    "speaker": "sp",
    "header": _HIDDEN,
}


def parse_usx(data: bytes) -> Source:
    """Parse a book of scripture as the Digital Bible Library has it, see `parse_usfm`.

    Raises:
        FormatError: it is damaged or has no text.
    """
    return _parse(parse_xml(data), _usx)


def parse_osis(data: bytes) -> Source:
    """Parse scripture as the SWORD project has it, one book or many, see `parse_usfm`.

    Raises:
        FormatError: it is damaged or has no text.
    """
    tree = parse_xml(data)
    tags = [attribute(element, "lang") for element in descendants(tree, "osistext")]
    return _parse(tree, _osis, known_code("".join(tags[:1])))


def _parse(tree: Element, read: _Reading, language: str = "") -> Source:
    notes: list[Element] = []
    pieces = [Piece("p"), *_pieces(tree, read, notes)]
    footnotes = ["".join(note.itertext()) for note in notes if read(note).marker == _FOOTNOTE]
    return make_scripture(pieces, footnotes, len(notes) - len(footnotes), language=language)


def _pieces(element: Element, read: _Reading, notes: list[Element]) -> Iterator[Piece]:
    """Yield the pieces of an element, and collect its notes."""
    piece = read(element)
    match piece.marker:
        case "f" | "x":
            notes.append(element)
            yield Piece("", "*" if piece.marker == _FOOTNOTE else "")
        case "rem":
            pass
        case marker:
            yield piece
            yield Piece("p" if piece.text and _is_heading(marker) else "", element.text or "")
            for child in element:
                yield from _pieces(child, read, notes)
                yield Piece("p" if _is_heading(read(child).marker) else "", child.tail or "")


def _is_heading(marker: str) -> bool:
    return OPENING.get(marker) == "heading"


def _usx(element: Element) -> Piece:
    style = attribute(element, "style").rstrip("0123456789")
    number = attribute(element, "number")
    match local(element):
        case "chapter" | "verse" as name:
            return _numbered(name, number)
        case "para" | "row":
            return Piece(style if style in OPENING else "p")
        case "book":
            return Piece(_HIDDEN)
        case "note":
            return Piece(_REFERENCE if style in {"x", "ex"} else _FOOTNOTE)
        case "cell" | "optbreak":
            return Piece("", " ")
    return Piece("")


def _numbered(name: str, number: str) -> Piece:
    """Return the beginning of a chapter or verse; their ends have no number."""
    if not number:
        return Piece("")
    return Piece("c", number) if name == "chapter" else Piece("v", f"{number} ")


def _osis(element: Element) -> Piece:
    name = local(element)
    match name:
        case "chapter" | "verse":
            begins = "" if attribute(element, "eid") else attribute(element, "osisid")
            numbers = [place.rpartition(".")[2] for place in begins.split()]
            return _numbered(name, "-".join(dict.fromkeys((*numbers[:1], *numbers[-1:]))))
        case "note":
            is_reference = attribute(element, "type") == "crossReference"
            return Piece(_REFERENCE if is_reference else _FOOTNOTE)
        case "div" if attribute(element, "type") == "book":
            titled = any(local(child) == "title" for child in element)
            return Piece("p") if titled else Piece("mt", attribute(element, "osisid"))
        case "cell" | "lb":
            return Piece("", " ")
        case "q":
            return Piece("", attribute(element, "marker"))
    milestone = attribute(element, "eid") or (name == "div" and attribute(element, "sid"))
    return Piece("" if milestone else _OSIS.get(name, ""))
