"""Untrusted XML and HTML as trees: no entity is expanded, nothing is fetched, depth is bounded.

libxml2 refuses more than 256 levels and texts of more than 10 million characters.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from reader.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# XML knows five names; books use those of HTML without declaring them.
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_NAMES = frozenset({b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"})
# A document type may declare entities that grow without end (the "billion laughs").
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
# Bytes at the beginning in which it is looked for.
_PROLOG = 2**16

# Messages of libxml2 that users would not understand -> plainer ones.
_PLAINLY = {"xmlparseentityref: no name": "& that is not written as &amp;"}

GUARDED = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every XML parser of ours is set up."""


def parse_xml(data: bytes) -> Element:
    """Parse an XML document.

    Its document type is left out, and entities are those of HTML.

    Raises:
        FormatError: it is not well formed, or nested too deeply.
    """
    from lxml import etree

    try:
        parser = etree.XMLParser(**GUARDED)
        return etree.fromstring(_NAMED.sub(_character, without_doctype(data)), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(error) from None


def damaged(error: Exception) -> FormatError:
    """Return the error of a parser as one line for the user."""
    reason = " ".join(str(error).split(", line ")[0].lower().split())
    shown = "".join(c if c.isprintable() else "?" for c in reason[:100])
    line = getattr(error, "lineno", None)
    where = f", line {line}" if line else ""
    return FormatError(f"is damaged ({_PLAINLY.get(shown, shown)}{where}); give a whole file")


def without_doctype(data: bytes) -> bytes:
    """Return a document without its document type declaration."""
    return _DOCTYPE.sub(b"", data[:_PROLOG], count=1) + data[_PROLOG:]


def _character(name: re.Match[bytes]) -> bytes:
    """Replace the name of a character by its number, as XML knows it."""
    found = "" if name[1] in _XML_NAMES else html5.get(name[1].decode(), "")
    return "".join(f"&#{ord(c)};" for c in found).encode() or name[0]


def parse_html(text: str) -> Element | None:
    """Parse HTML as leniently as a browser; None where it has no element and no text.

    Raises:
        FormatError: it is nested too deeply.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(without_doctype(text.encode("utf-8", "replace")), parser)
    except etree.XMLSyntaxError:
        return None
    # The parser stops there, and what follows would be lost.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise FormatError("is nested more than 256 levels deep; give a simpler file")
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in lower case; "" for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; "" where it has none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].rpartition(":")[2].lower() == name:
            return str(value)
    return ""


def descendants(element: Element, name: str) -> list[Element]:
    """Return all descendants with this local name, in order."""
    return [found for found in element.iter() if local(found) == name]
