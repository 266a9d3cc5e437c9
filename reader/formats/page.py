"""Saved web pages: the article, with all that surrounds it set aside.

The text is taken from the tree of the page; trafilatura (Barbaresi 2021) only decides which blocks
are the main text, so that nothing is lost where it errs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.errors import FormatError
from reader.formats.blocks import Block, blocks, find_notes, make_source
from reader.formats.encoding import Decoded, decode
from reader.formats.markup import attribute, descendants, parse_html, parse_xml
from reader.languages import known_code
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from trafilatura.settings import Document as Extracted

# Bytes at the beginning in which a page may name its encoding (HTML Living Standard says 1024).
_PRESCAN = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Pictures inside a page: longer than libxml2 likes an attribute to be.
_PICTURE = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s)>]{256,}")
# A page with a smaller share of its letters in links is all text: a book, a paper.
_LINKED = 0.05
# A page of more blocks is no article, and to look for one would take minutes.
_MOST = 20_000
# The main text counts as found if it has so many letters and this share of those of the page.
_LEAST = 120
_LEAST_SHARE = 0.1
# A block of fewer letters must be a whole element of the main text, a longer one may be a part.
_SHORT = 25
_ASIDE = "page furniture"


def parse_page(data: bytes) -> Source:
    """Parse a saved page; its title, site and date go into the notes.

    Raises:
        FormatError: it is empty, binary, nested too deeply, or shows no text.
    """
    decoded = decode(data, declared=_declared(data))
    return _parsed(decoded, _strict(data))


def read_page(data: bytes) -> Element | None:
    """Read a saved page as a tree; None for one that is empty.

    Raises:
        FormatError: it is binary, or nested too deeply.
    """
    strict = _strict(data)
    return strict if strict is not None else parse_html(decode(data, declared=_declared(data)).text)


def parse_mhtml(data: bytes) -> Source:
    """Parse an MHTML file: the page that a browser saved with all its pictures.

    Raises:
        FormatError: it holds no page.
    """
    import email

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                charset = part.get_content_charset("") or _declared(page)
                return _parsed(decode(page, declared=charset), None)
    raise FormatError("holds no page; save the page again")


def parse_webarchive(data: bytes) -> Source:
    """Parse a web archive of Safari: the same as a binary property list.

    Raises:
        FormatError: it is damaged, or holds no page.
    """
    import plistlib

    try:
        main = plistlib.loads(data, fmt=plistlib.FMT_BINARY)["WebMainResource"]
        page, charset = main["WebResourceData"], main.get("WebResourceTextEncodingName", "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        page = charset = None
    if not isinstance(page, bytes) or not isinstance(charset, str):
        raise FormatError("holds no page; save the page again")
    return _parsed(decode(page, declared=charset or _declared(page)), None)


def _parsed(decoded: Decoded, strict: Element | None) -> Source:
    text = _PICTURE.sub("data:,", decoded.text)
    tree = parse_html(text) if strict is None else strict
    for menu in [] if tree is None else descendants(tree, "nav"):
        menu.set("data-aside", "menu")
    found = [] if tree is None else list(blocks(tree, find_notes({"": tree})))
    if tree is None or not found:
        raise FormatError("shows no text; give a page with text")
    notes = decoded.notes
    if _linked(tree, found) >= _LINKED and len(found) <= _MOST:
        main = _extracted(text)
        chosen = list(_chosen(found, main)) if main is not None else found
        kept = sum(_size(block) for block in chosen if not block.aside)
        if main is not None and kept >= max(_LEAST, _LEAST_SHARE * sum(map(_size, found))):
            notes += (_about(main, chosen),)
            found = chosen
        else:
            notes += ("page: its main text was not found; all of it is shown",)
    return make_source(found, encoding=decoded.encoding, notes=notes, language=_language(tree))


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:_PRESCAN])
    return found[1].decode("ascii") if found else ""


def _strict(data: bytes) -> Element | None:
    """Return the tree of a page that is well-formed XML, None for any other."""
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        return None
    try:
        return parse_xml(data)
    except FormatError:
        return None


def _language(tree: Element) -> str:
    elements = (tree, *descendants(tree, "html"), *descendants(tree, "body"))
    return known_code(next(filter(None, (attribute(e, "lang") for e in elements)), ""))


def _linked(tree: Element, found: Sequence[Block]) -> float:
    """Return the share of a page's letters that are in links, in [0, 1]."""
    links = sum(len(_key("".join(link.itertext()))) for link in descendants(tree, "a"))
    return min(1.0, links / (sum(map(_size, found)) or 1))


def _extracted(text: str) -> Extracted | None:
    """Return what trafilatura takes for the main text, None where it finds none."""
    found = _extractor()(
        text,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if found is not None and not isinstance(found, dict) else None


@cache
def _extractor() -> Callable[..., Any]:
    """Load trafilatura, which takes half a second, without its log and without a socket."""
    import logging
    import socket

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # urllib3, which comes with it and is never used, tries a socket out while it is loaded.
    ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        from trafilatura import bare_extraction
    finally:
        socket.has_ipv6 = ipv6
    return bare_extraction


def _chosen(found: Sequence[Block], main: Extracted) -> Iterator[Block]:
    """Yield all blocks; those that are neither in the main text nor its title are set aside."""
    pieces = {_key("".join(element.itertext())) for element in main.body.iter()}
    whole = _key("".join(main.body.itertext()))
    title = _key(main.title or "")
    for block in found:
        key = _key(block.text)
        inside = key in pieces or (len(key) >= _SHORT and key in whole)
        named = block.kind == "heading" and key and key == title
        yield block if inside or named else block._replace(aside=_ASIDE)


def _about(main: Extracted, chosen: Sequence[Block]) -> str:
    """Return a note on a page: its title, site and date, and how much of it is the main text."""
    sizes = [_size(block) for block in chosen]
    kept = sum(size for size, block in zip(sizes, chosen, strict=True) if not block.aside)
    known = [f"{main.title!r}" if main.title else "", main.sitename, main.date]
    about = ", ".join(part for part in known if part)
    return f"page: {about + '; ' if about else ''}{kept / sum(sizes):.0%} of it is the main text"


def _size(block: Block) -> int:
    return len(_key(block.text))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text))
