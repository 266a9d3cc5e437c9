"""TEI: editions as scholars encode them, by the Guidelines P5 or P4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats.markup import attribute, descendants, local, parse_xml
from reader.formats.office import HIDDEN, lift_note, parse_tree
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = {
    "head": "h1",
    "note": "aside",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "list": "ul",
    "item": "li",
    **dict.fromkeys(
        ("p", "ab", "l", "speaker", "stage", "titlepart", "docauthor", "docimprint"), "p"
    ),
    **dict.fromkeys(("byline", "dateline", "salute", "signed", "trailer", "castitem"), "p"),
    **dict.fromkeys(("text", "front", "body", "back", "group", "floatingtext", "titlepage"), "div"),
    **dict.fromkeys(("div", *(f"div{n}" for n in range(8)), "lg", "sp", "figure"), "div"),
    **dict.fromkeys(("opener", "closer", "epigraph", "argument", "castlist"), "div"),
    **dict.fromkeys(("teiheader", "facsimile", "sourcedoc", "standoff", "fw", "figdesc"), HIDDEN),
    **dict.fromkeys(("del", "rdg"), HIDDEN),
}
# The editor's readings, and what they replace (P5, 3.4 and 3.5).
_RIGHT = frozenset({"corr", "reg", "expan"})
_REPLACED = frozenset({"sic", "orig", "abbr"})


def parse_tei(data: bytes) -> Source:
    """Parse a TEI document: headings, lines of verse, notes last; as its editor corrected it.

    Raises:
        FormatError: it is damaged or has no text.
    """
    tree = parse_xml(data)
    for choice in descendants(tree, "choice"):
        if any(local(child) in _RIGHT for child in choice):
            for child in choice:
                child.tag = "del" if local(child) in _REPLACED else child.tag
    for end in descendants(tree, "lb"):
        end.text = "" if attribute(end, "break") == "no" else " "
    for text in descendants(tree, "text"):
        for number, note in enumerate(descendants(text, "note"), 1):
            _lift(tree, note, attribute(note, "n") or str(number))
    return parse_tree(tree, _BLOCKS, _language(tree))


def _lift(tree: Element, note: Element, text: str) -> None:
    """Move a note out of the middle of its sentence to the end, and leave a mark in its place."""
    from lxml import etree

    parent = note.getparent()
    if parent is not None:
        mark = etree.Element("a")
        mark.tail, note.tail = note.tail, None
        parent.replace(note, mark)
        lift_note(tree, mark, note, text)


def _language(tree: Element) -> str:
    """Return the language tag of the text, or else the first one that the header names."""
    codes = [attribute(element, "lang") for element in (*descendants(tree, "text"), tree)]
    codes += [attribute(element, "ident") for element in descendants(tree, "language")]
    return next(filter(None, codes), "")
