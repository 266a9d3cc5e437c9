"""HTML trees as a sequence of blocks: paragraphs, headings and notes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.errors import FormatError
from reader.formats.encoding import normal
from reader.formats.headings import mark_headings
from reader.formats.licence import set_licence_aside
from reader.formats.markup import attribute, local
from reader.formats.plain import unwrap
from reader.languages import CLOSING, END_MARKS, is_small
from reader.model import Paragraph, Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that begin and end a block (HTML Living Standard, section 15.3.3, "display: block").
_BLOCKS = _HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol"),
    *("p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead"),
    *("tr", "ul", "xmp"),
}
# Elements whose content is not seen as text; `rt` and `rp` spell out what stands beside them.
_HIDDEN = frozenset(
    {
        *("applet", "area", "audio", "button", "canvas", "datalist", "embed", "head", "iframe"),
        *("input", "map", "math", "meter", "noembed", "noframes", "noscript", "object"),
        *("progress", "rp", "rt", "script", "select", "style", "svg", "template", "textarea"),
        *("title", "video"),
    }
)
_CELLS = frozenset({"td", "th"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The text of a link to a note: 12, [12], (a), *.
_MARK = re.compile(r"[\[(]?(\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4})[\])]?\.?", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(].*[\])]\.?")
_NOTE_CLASS = re.compile(r"(?:foot|end)?note|\bfn", re.IGNORECASE)
_NOTE_TYPES = frozenset({"note", "noteref", "doc-noteref"})
_NOT_SHOWN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
# Where a page of the printed book ends, and its number.
_PAGE_BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_PAGE_NUMBER = re.compile(r"\bpage-?num(?:ber)?\b", re.IGNORECASE)
# A link from a note back to its mark.
_BACK = re.compile(r"[\u21a9\u2191\u2934\u2b06^]\ufe0e?")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_LINE_END = re.compile(r" ?\n ?")
_END_MARK = re.compile(rf"[{END_MARKS}…:;：；]{CLOSING}")
# Line breaks in a block from which on their columns tell whether the block is hard-wrapped.
_WRAPPABLE = 4
_BETWEEN = "\n\n"


class Block(NamedTuple):
    """A piece of text that begins and ends on lines of its own."""

    text: str
    kind: Literal["text", "heading", "note"] = "text"
    aside: str = ""
    """See `Paragraph.aside`."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Targets of the links of a book that belong to notes, each as "file#id"."""

    bodies: frozenset[str] = frozenset()
    """Where notes begin."""
    marks: frozenset[str] = frozenset()
    """Where notes begin, and where the links back from notes lead."""


NO_NOTES = Notes()


def find_notes(trees: Mapping[str, Element]) -> Notes:
    """Find the notes of a book: the targets of short raised or bracketed links that lead forwards.

    A link back from a note looks the same but leads backwards. `trees` are the files of the book
    by name ("" for a single page), in reading order.
    """
    places: dict[str, tuple[int, Element]] = {}
    links: list[tuple[int, str]] = []
    elements = ((name, element) for name, root in trees.items() for element in root.iter())
    for position, (name, element) in enumerate(elements):
        for key in (attribute(element, "id"), attribute(element, "name")):
            if key:
                places.setdefault(f"{name}#{key}", (position, element))
        if local(element) == "a" and _is_mark(element):
            links.append((position, resolve(attribute(element, "href"), name)))
    marks = [(position, target, *places[target]) for position, target in links if target in places]
    bodies = {target for at, target, place, body in marks if place > at and _may_be_note(body)}
    back = {target for at, target, place, _ in marks if place < at}
    return Notes(frozenset(bodies), frozenset(bodies | back) if bodies else frozenset())


def resolve(href: str, base: str) -> str:
    """Return the target of a link in the file `base` of a book as "file#id"."""
    path, _, fragment = href.partition("#")
    path = re.sub(r"(?:%[0-9a-fA-F]{2})+", _unquoted, path)
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return f"{whole}#{fragment}"


def _unquoted(quoted: re.Match[str]) -> str:
    return bytes.fromhex(quoted[0].replace("%", "")).decode("utf-8", "replace")


def _is_mark(link: Element) -> bool:
    """Tell whether a link looks like the mark of a note or like the link back from one."""
    if "#" not in attribute(link, "href"):
        return False
    if {attribute(link, "type"), attribute(link, "role")} & _NOTE_TYPES:
        return True
    text = "".join(link.itertext()).strip()
    if not _MARK.fullmatch(text):
        return False
    around = [link, *link.iterancestors("{*}sup", "sup"), *link.iter("{*}sup", "sup")]
    return (
        len(around) > 1
        or bool(_BRACKETED.fullmatch(text))
        or bool(_NOTE_CLASS.search(attribute(link, "class")))
    )


def _may_be_note(element: Element) -> bool:
    """Tell whether an element may be a note: it is not a page and has no heading."""
    return local(element) != "body" and not any(local(e) in _HEADINGS for e in element.iter())


def blocks(root: Element, notes: Notes = NO_NOTES, name: str = "") -> Iterator[Block]:
    """Yield the blocks of a tree, none of them blank; `name` is the name of its file."""
    from lxml import etree

    walk = _Walker(notes, name)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if _is_hidden(element):
                events.skip_subtree()
                continue
            yield from walk.enter(element)
        else:
            yield from walk.leave(element)
    yield from walk.flush()


def _is_hidden(element: Element) -> bool:
    """Tell whether the content of an element is not part of the text."""
    tag = local(element)
    if not tag or tag in _HIDDEN:
        return True
    if element.get("hidden") == "" or _NOT_SHOWN.search(element.get("style", "")):
        return True
    kinds = f"{attribute(element, 'type')} {attribute(element, 'role')}".split()
    if not _PAGE_BREAKS.isdisjoint(kinds) or _PAGE_NUMBER.search(attribute(element, "class")):
        return True
    return tag == "a" and _BACK.fullmatch("".join(element.itertext()).strip()) is not None


class _Walker:
    """Collects blocks on a walk through a tree; holds the state at one point of it."""

    def __init__(self, notes: Notes, name: str) -> None:
        self._notes = notes
        self._name = name
        self._parts: list[str] = []
        self._note: Element | None = None
        """The block element around this point that is a note."""
        self._noted = False
        """Whether a note begins inside the current block."""
        self._aside: list[tuple[Element, str]] = []
        """Elements around this point that are set aside, and as what."""
        self._heading = 0
        """How many headings are around this point."""
        self._raised: list[Element] = []
        """Elements around this point whose digits are a note's mark or an exponent."""
        self._preformatted = 0
        """How many elements around this point keep their line ends."""

    def enter(self, element: Element) -> Iterator[Block]:
        tag = local(element)
        if tag in _BLOCKS:
            yield from self.flush()
        if any(
            f"{self._name}#{attribute(element, key)}" in self._notes.bodies
            for key in ("id", "name")
        ):
            if tag in _BLOCKS and self._note is None:
                self._note = element
            else:
                self._noted = True
        if aside := attribute(element, "data-aside"):
            self._aside.append((element, aside))
        self._heading += tag in _HEADINGS
        self._preformatted += tag == "pre"
        if self._is_raised(element):
            self._raised.append(element)
        if tag == "br":
            self._parts.append("\n")
        elif tag in _CELLS and self._parts:
            self._parts.append("\t")
        self._append(element.text)

    def leave(self, element: Element) -> Iterator[Block]:
        tag = local(element)
        if tag in _BLOCKS:
            yield from self.flush()
        if not _is_hidden(element):
            self._heading -= tag in _HEADINGS
            self._preformatted -= tag == "pre"
            if self._raised and self._raised[-1] is element:
                self._raised.pop()
        if element is self._note:
            self._note = None
        if self._aside and self._aside[-1][0] is element:
            self._aside.pop()
        self._append(element.tail)

    def _is_raised(self, element: Element) -> bool:
        if local(element) != "a":
            return local(element) == "sup"
        if not _MARK.fullmatch("".join(element.itertext()).strip()):
            return False
        target = resolve(attribute(element, "href"), self._name)
        return target in self._notes.marks or self._note is not None or self._noted

    def _append(self, text: str | None) -> None:
        if not text:
            return
        if self._raised:
            inner = text.strip(" \t\n[]()")
            text = inner.translate(_RAISED) if inner.isdigit() else text
        if self._preformatted:
            self._parts.append(text.replace("\r\n", "\n"))
        else:
            self._parts.append(_SPACE.sub(" ", text))

    def flush(self) -> Iterator[Block]:
        """Yield the text collected since the last block, as one block or several."""
        text = normal("".join(self._parts))
        noted = self._noted or self._note is not None
        self._parts, self._noted = [], False
        text = _LINE_END.sub("\n", re.sub(" {2,}", " ", text)).strip()
        if not text:
            return
        aside = self._aside[-1][1] if self._aside else ""
        if self._heading:
            yield Block(text, "heading", aside)
            return
        for line in _lines(text):
            yield Block(line, "note" if noted else "text", aside)


def _lines(text: str) -> Iterator[str]:
    """Divide a block at its line breaks into paragraphs.

    A hard-wrapped block is unwrapped. In any other, a line continues the one before if that has no
    end mark and the line begins with a small letter.
    """
    if text.count("\n") >= _WRAPPABLE and (found := unwrap(text)):
        yield from found
        return
    whole: list[str] = []
    for line in text.split("\n"):
        goes_on = whole and is_small(line[:1]) and not _END_MARK.search(whole[-1])
        if whole and not goes_on:
            yield "\n".join(whole)
            whole = []
        if line:
            whole.append(line)
    if whole:
        yield "\n".join(whole)


def make_source(
    found: Iterable[Block],
    *,
    encoding: str = "utf-8",
    notes: Collection[str] = (),
    language: str = "",
) -> Source:
    """Put blocks together, notes last.

    If no block is a heading, those become one that read like one: "Chapter 3".

    Raises:
        FormatError: there are no blocks, or all are blank.
    """
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    start = 0
    for block in sorted(found, key=lambda block: block.kind == "note"):
        if shown := block.text.strip():
            kind: Literal["text", "heading"] = "heading" if block.kind == "heading" else "text"
            paragraphs.append(Paragraph(start, start + len(shown), kind, block.aside))
            parts.append(shown)
            start += len(shown) + len(_BETWEEN)
    if not parts:
        raise FormatError("has no text among its marks; give a file with text")
    text = _BETWEEN.join(parts)
    if all(paragraph.kind == "text" for paragraph in paragraphs):
        paragraphs = list(mark_headings(text, paragraphs, looks=False))
    paragraphs = set_licence_aside(text, paragraphs)
    return Source(text, tuple(paragraphs), encoding, tuple(notes), language)
