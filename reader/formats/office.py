"""Documents of word processors and FictionBook: their XML is renamed to HTML and read as such.

Each format has a table from the names of its elements to those of HTML; an element that is not in
it is taken as part of the line around it. Only the members of an archive that hold text are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import FormatError
from reader.formats.archive import Archive
from reader.formats.blocks import blocks, find_notes, make_source
from reader.formats.markup import attribute, damaged, descendants, local, parse_xml
from reader.formats.plain import parse_plain
from reader.languages import known_code
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HIDDEN = "template"
"""Its content is not shown, in HTML."""
# WordprocessingML (ISO/IEC 29500-1, 17). What was deleted stays in the file, and a drawing is there
# twice, for old programs too.
_WORD = {
    "p": "p",
    "br": "br",
    "cr": "br",
    "tbl": "table",
    "tr": "tr",
    "tc": "td",
    "txbxcontent": "div",
    "footnote": "aside",
    "endnote": "aside",
    **dict.fromkeys(("ppr", "rpr", "del", "movefrom", "instrtext", "fallback"), HIDDEN),
    **dict.fromkeys(("posoffset", "pctwidth", "pctheight"), HIDDEN),
}
# OpenDocument 1.3, part 3, sections 5 to 9.
_OPEN = {
    "p": "p",
    "h": "h1",
    "line-break": "br",
    "list-item": "li",
    "note-body": "aside",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    **dict.fromkeys(("tracked-changes", "annotation", "forms", "object-ole", "desc"), HIDDEN),
}
# FictionBook 2.2.
_FICTION = {
    "p": "p",
    "v": "p",
    "text-author": "p",
    "title": "h2",
    "subtitle": "h3",
    "a": "a",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
    "sup": "sup",
    "empty-line": "hr",
    **dict.fromkeys(("section", "body", "epigraph", "cite", "poem", "stanza"), "div"),
    **dict.fromkeys(("description", "binary", "stylesheet"), HIDDEN),
}
# Elements that are made here have HTML names already; those of the document have a namespace.
_MADE = frozenset({"a", "h1"})
# The beginning of the names of heading styles; in the file they are English whatever Word shows.
_HEADINGS = ("heading", "title")


def parse_docx(data: bytes) -> Source:
    """Parse a Word document: headings by their styles, notes last; deleted text is left out.

    Raises:
        FormatError: it is damaged, protected, or has no text.
    """
    return _source(read_docx(data))


def read_docx(data: bytes) -> Element:
    """Read a Word document as a tree of HTML.

    Raises:
        FormatError: it is damaged or protected.
    """
    archive = Archive(data)
    if "word/document.xml" not in archive.names:
        raise FormatError("is an archive without a document; give a DOCX file")
    tree = parse_xml(archive.read("word/document.xml"))
    styles = _word_styles(archive)
    count = 0
    for kind in ("footnote", "endnote"):
        bodies = _word_notes(archive, kind)
        for mark in descendants(tree, f"{kind}reference"):
            if (body := bodies.pop(attribute(mark, "id"), None)) is not None:
                count += 1
                lift_note(tree, mark, body, str(count))
    for paragraph in descendants(tree, "p"):
        style = next(iter(descendants(paragraph, "pstyle")), None)
        name = styles.get(attribute(style, "val"), "") if style is not None else ""
        if name.startswith(_HEADINGS):
            paragraph.tag = "h1"
        elif name.startswith("toc "):
            paragraph.set("data-aside", "contents")
    _write(tree, {"tab": "\t", "nobreakhyphen": "\u2011"})
    return _renamed(tree, _WORD)


def _word_styles(archive: Archive) -> dict[str, str]:
    """Return the names of the styles by id, in lower case; "heading" for one with outline level."""
    if "word/styles.xml" not in archive.names:
        return {}
    found = {}
    for style in descendants(parse_xml(archive.read("word/styles.xml")), "style"):
        name = next((attribute(n, "val").lower() for n in descendants(style, "name")), "")
        outlined = any(
            attribute(o, "val") in set("012345") for o in descendants(style, "outlinelvl")
        )
        found[attribute(style, "styleid")] = "heading" if outlined else name
    return found


def _word_notes(archive: Archive, kind: str) -> dict[str, Element]:
    name = f"word/{kind}s.xml"
    if name not in archive.names:
        return {}
    return {attribute(n, "id"): n for n in descendants(parse_xml(archive.read(name)), kind)}


def parse_odt(data: bytes) -> Source:
    """Parse an OpenDocument text: headings, notes last; contents and index are set aside.

    Raises:
        FormatError: it is damaged, protected, or has no text.
    """
    return _source(read_odt(data))


def read_odt(data: bytes) -> Element:
    """Read an OpenDocument text as a tree of HTML.

    Raises:
        FormatError: it is damaged or protected.
    """
    archive = Archive(data)
    if "content.xml" not in archive.names:
        raise FormatError("is an archive without a document; give an ODT file")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and descendants(
        parse_xml(archive.read(manifest)), "encryption-data"
    ):
        raise FormatError("is encrypted; give a copy without a password")
    tree = parse_xml(archive.read("content.xml"))
    for note in descendants(tree, "note"):
        mark, body = (descendants(note, name) for name in ("note-citation", "note-body"))
        if mark and body:
            lift_note(tree, mark[0], body[0], "".join(mark[0].itertext()))
    _write(tree, {"s": " ", "tab": "\t"})
    for name, aside in (("table-of-content", "contents"), ("alphabetical-index", "index")):
        for part in descendants(tree, name):
            part.set("data-aside", aside)
    return _renamed(tree, _OPEN)


def parse_rtf(data: bytes) -> Source:
    """Parse Rich Text: its paragraphs; headings are those that read like one.

    Raises:
        FormatError: it is damaged or has no text.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise damaged(error) from None
    source = parse_plain(text.encode("utf-8", "replace"))
    left = ("notes: its footnotes are left out; save it as DOCX or ODT to keep them",)
    return replace(source, notes=source.notes + left) if b"\\footnote" in data else source


def parse_fictionbook(data: bytes) -> Source:
    """Parse FictionBook 2, also in an archive of its own.

    Raises:
        FormatError: it is damaged or has no text.
    """
    if data.startswith(b"PK"):
        archive = Archive(data)
        name = min((n for n in archive.names if n.lower().endswith(".fb2")), default="")
        if not name:
            raise FormatError("is an archive without a book; give an FB2 file")
        data = archive.read(name)
    tree = parse_xml(_without_pictures(data))
    language = next((e.text or "" for e in descendants(tree, "lang")), "")
    for body in descendants(tree, "body"):
        if attribute(body, "name") in {"notes", "comments"}:
            for section in descendants(body, "section"):
                _head(section)
    return parse_tree(tree, _FICTION, language)


def _without_pictures(data: bytes) -> bytes:
    """Return a book without its pictures, whose texts are longer than libxml2 allows."""
    text, *pictures = data.split(b"<binary")
    return text + b"".join(picture.partition(b"</binary>")[2] for picture in pictures)


def _head(note: Element) -> None:
    """Turn the title of a note into the mark before its text."""
    title = next((child for child in note if local(child) == "title"), None)
    first = next((child for child in note if local(child) == "p"), None)
    if title is None or first is None:
        return
    _mark(first, "".join(title.itertext()).strip())
    note.remove(title)


def _write(tree: Element, signs: Mapping[str, str]) -> None:
    """Give elements that stand for a character its text."""
    for name, text in signs.items():
        for element in descendants(tree, name):
            element.text = text


def lift_note(tree: Element, mark: Element, body: Element, text: str) -> None:
    """Turn a mark into a link to its note, and move the note to the end of the document."""
    name = f"note-{len(tree)}"
    for child in list(mark):
        mark.remove(child)
    mark.text = text
    mark.set("href", f"#{name}")
    mark.set("role", "doc-noteref")
    mark.tag = "a"
    if (parent := body.getparent()) is not None:
        parent.remove(body)
    body.set("name", name)
    _mark(next(iter(descendants(body, "p")), body), text)
    tree.append(body)


def _mark(paragraph: Element, text: str) -> None:
    """Insert the mark of a note before its first line."""
    from lxml import etree

    mark = etree.Element("a")
    mark.text = text
    mark.tail = f" {(paragraph.text or '').lstrip()}"
    paragraph.text = ""
    paragraph.insert(0, mark)


def parse_tree(tree: Element, table: Mapping[str, str], language: str = "") -> Source:
    """Rename the elements of a tree to those of HTML by a table, and read it as a page."""
    return _source(_renamed(tree, table), language)


def _renamed(tree: Element, table: Mapping[str, str]) -> Element:
    for element in tree.iter():
        if local(element) and element.tag not in _MADE:
            element.tag = table.get(local(element), "span")
    return tree


def _source(tree: Element, language: str = "") -> Source:
    return make_source(blocks(tree, find_notes({"": tree})), language=known_code(language))
