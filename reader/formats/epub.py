"""EPUB 2 and 3: the files of a book in reading order, as one text.

Chapters, notes, and parts such as cover and index are known by the book's own markup (spine, table
of contents, `epub:type`, guide), and where that says nothing by their looks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.errors import FormatError
from reader.formats.archive import Archive
from reader.formats.blocks import Block, blocks, find_notes, make_source, resolve
from reader.formats.encoding import decode
from reader.formats.markup import attribute, descendants, local, parse_html, parse_xml
from reader.languages import known_code
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_PAGE_NAMES = (".xhtml", ".html", ".htm")
# Parts that are no text of the book, by the terms of EPUB 3 Structural Semantics and of the guide
# of EPUB 2.
_ASIDE = {
    "cover": "cover",
    "titlepage": "title page",
    "title-page": "title page",
    "halftitlepage": "title page",
    "toc": "contents",
    "landmarks": "contents",
    "loi": "contents",
    "lot": "contents",
    "page-list": "contents",
    "copyright-page": "copyright",
    "colophon": "copyright",
    "index": "index",
}
# A page is a table of contents if it has so many links, and they make up this share of its text.
_LINKED = 0.5
_LINKS = 3
# A page of at most so many characters with an ISBN or a copyright is the imprint.
_IMPRINT = 3000
_IMPRINT_SIGN = re.compile(r"\bISBN\b|©|\(c\) ?\d{4}|\bcopyright\b", re.IGNORECASE)
# A line of the table of contents may be several blocks on its page (number, name): at most so many.
_TOP = 3


@dataclass(slots=True)
class _Book:
    """What the package document says; names of files are those in the archive."""

    spine: list[str] = field(default_factory=list)
    """Pages in reading order."""
    asides: dict[str, str] = field(default_factory=dict)
    """Page that is not part of the text -> what it is, see `Paragraph.aside`."""
    contents: list[str] = field(default_factory=list)
    """Files with a table of contents."""
    language: str = ""
    notes: list[str] = field(default_factory=list)


def parse_epub(data: bytes) -> Source:
    """Parse a book: its spine in order, notes last.

    Cover, contents, imprint and index are set aside.

    Raises:
        FormatError: it is damaged, protected or has no text.
    """
    archive = Archive(data)
    book = _book(archive)
    protected = _protected(archive) & set(book.spine)
    if protected:
        raise FormatError("is protected (DRM); give a copy that may be read by every program")
    spine = list(dict.fromkeys(book.spine))
    pages = {name: _page(archive.read(name)) for name in spine if name in archive.names}
    trees = {name: tree for name, tree in pages.items() if tree is not None}
    for count, what in (
        (len(spine) - len(pages), "are missing"),
        (len(pages) - len(trees), "cannot be read"),
    ):
        if count:
            book.notes.append(f"book: {count} of its {len(spine)} files {what}")
    found = _blocks(trees, book, _labels(archive, book))
    return make_source(found, notes=book.notes, language=book.language)


def _blocks(
    trees: dict[str, Element], book: _Book, labels: dict[str, frozenset[str]]
) -> Iterator[Block]:
    notes = find_notes(trees)
    for name, tree in trees.items():
        found = list(blocks(tree, notes, name))
        aside = book.asides.get(name) or _aside(tree, found)
        if aside:
            yield from (Block(block.text, aside=aside) for block in found)
        else:
            yield from _headed(found, labels.get(name, frozenset()))


def _headed(found: Sequence[Block], labels: frozenset[str]) -> Iterator[Block]:
    """Yield the blocks of a page; if none is a heading, those become one that the contents name."""
    keys = [_key(block.text) for block in found]
    named = {i for i, key in enumerate(keys) if key in labels}
    for top in range(2, _TOP + 1):
        if "".join(keys[:top]) in labels:
            named |= set(range(top))
    if any(block.kind == "heading" for block in found):
        named = set()
    for i, block in enumerate(found):
        yield block._replace(kind="heading") if i in named else block


def _key(text: str) -> str:
    """Return the letters and digits of a text, for comparison."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _aside(tree: Element, found: Sequence[Block]) -> str:
    """Return what a page is that is set aside, by its markup or its looks; "" for a chapter."""
    for element in tree.iter():
        if local(element) in {"body", "section", "nav"}:
            for term in attribute(element, "type").split():
                if term in _ASIDE and not _is_part(element, found):
                    return _ASIDE[term]
    size = sum(len(_key(block.text)) for block in found)
    links = [a for a in descendants(tree, "a") if ":" not in attribute(a, "href")]
    texts = [key for a in links if attribute(a, "href") and (key := _key("".join(a.itertext())))]
    if len(texts) >= _LINKS and sum(map(len, texts)) >= _LINKED * size:
        return "contents"
    if size <= _IMPRINT and any(_IMPRINT_SIGN.search(block.text) for block in found):
        return "copyright"
    return ""


def _is_part(element: Element, found: Sequence[Block]) -> bool:
    """Tell whether an element holds less than half of its page."""
    own = len(_key("".join(element.itertext())))
    return 2 * own < sum(len(_key(block.text)) for block in found)


def _page(data: bytes) -> Element | None:
    try:
        return parse_xml(data)
    except FormatError:
        try:
            return parse_html(decode(data).text)
        except FormatError:
            return None


def _book(archive: Archive) -> _Book:
    """Read the package document; without one, take all pages in the order of their names."""
    book = _Book()
    path = _package(archive)
    if path:
        _read_package(parse_xml(archive.read(path)), path, book)
    if not book.spine:
        book.spine = sorted(n for n in archive.names if n.lower().endswith(_PAGE_NAMES))
        book.notes.append("book: has no spine; its files are in the order of their names")
    if not book.spine:
        raise FormatError("is an archive without pages of a book; give an EPUB with text")
    return book


def _package(archive: Archive) -> str:
    """Return the name of the package document, "" if there is none."""
    container = "META-INF/container.xml"
    if container in archive.names:
        for rootfile in descendants(parse_xml(archive.read(container)), "rootfile"):
            if (path := attribute(rootfile, "full-path")) in archive.names:
                return path
    return min((name for name in archive.names if name.lower().endswith(".opf")), default="")


def _read_package(package: Element, path: str, book: _Book) -> None:
    pages: dict[str, str] = {}
    for item in descendants(package, "item"):
        name = resolve(attribute(item, "href"), path).rstrip("#")
        kind = attribute(item, "media-type")
        properties = attribute(item, "properties").split()
        if kind in _PAGES:
            pages[attribute(item, "id")] = name
        if "nav" in properties or kind == "application/x-dtbncx+xml":
            book.contents.append(name)
        if "nav" in properties:
            book.asides[name] = "contents"
    order = [attribute(item, "idref") for item in descendants(package, "itemref")]
    book.spine = [pages[key] for key in order if key in pages] or list(pages.values())
    for reference in descendants(package, "reference"):
        term = attribute(reference, "type").lower()
        name, _, fragment = resolve(attribute(reference, "href"), path).partition("#")
        if term in _ASIDE and not fragment:
            book.asides[name] = _ASIDE[term]
    codes = (known_code(element.text or "") for element in descendants(package, "language"))
    book.language = next(filter(None, codes), "")


def _labels(archive: Archive, book: _Book) -> dict[str, frozenset[str]]:
    """Return the titles in the table of contents, as `_key` has them, by file."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in book.contents:
        if path not in archive.names or (tree := _page(archive.read(path))) is None:
            continue
        for point in descendants(tree, "navpoint"):
            source = next(iter(descendants(point, "content")), None)
            label = next(iter(descendants(point, "text")), None)
            if source is not None and label is not None:
                name, _, _ = resolve(attribute(source, "src"), path).partition("#")
                found[name].add(_key(label.text or ""))
        for link in descendants(tree, "a"):
            name, _, _ = resolve(attribute(link, "href"), path).partition("#")
            found[name].add(_key("".join(link.itertext())))
    return {name: frozenset(labels - {""}) for name, labels in found.items()}


def _protected(archive: Archive) -> set[str]:
    """Return the names of the files that are encrypted."""
    name = "META-INF/encryption.xml"
    if name not in archive.names:
        return set()
    references = descendants(parse_xml(archive.read(name)), "cipherreference")
    return {resolve(attribute(each, "uri"), "").rstrip("#") for each in references}
