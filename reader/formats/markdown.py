"""Markdown: the text that a reader sees, without the marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from reader.errors import FormatError
from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode, normal
from reader.formats.markup import parse_html
from reader.model import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Metadata for a site generator: a block between two lines of dashes at the very beginning.
_FRONT_MATTER = re.compile(r"---\n.*?\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
# The line below the head of a table.
_TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.I)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# Levels of quotations and lists; the parser leaves out what is deeper, for Python's stack.
_DEEPEST = 100
_HOLDERS = frozenset({"blockquote_open", "list_item_open"})
# Tokens whose content is not what is seen -> what is seen.
_SHOWN = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}


def parse_markdown(data: bytes) -> Source:
    """Parse CommonMark with tables.

    Emphasis, links' targets, images and HTML tags are dropped, their text is kept. Every list
    item, table row and code block is a paragraph.

    Raises:
        FormatError: it is empty, binary, in no encoding that is known, nested too deeply, or has
            marks only.
    """
    decoded = decode(data)
    notes = decoded.notes
    body = _body(decoded.text)
    if body != decoded.text:
        notes += ("front matter: left out",)
    return make_source(_blocks(body), encoding=decoded.encoding, notes=notes)


def read_markdown(data: bytes) -> Element | None:
    """Read Markdown as a tree of HTML; None where it has no table.

    Raises:
        FormatError: it is empty, binary, in no encoding that is known, or nested too deeply.
    """
    body = _body(decode(data).text)
    if not _TABLE.search(body):
        return None
    parser = _parser()
    return parse_html(parser.renderer.render(_tokens(parser, body), parser.options, {}))


def _body(text: str) -> str:
    """Return a text without its front matter."""
    return _FRONT_MATTER.sub("", text) if text.startswith("---\n") else text


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")


def _tokens(parser: MarkdownIt, body: str) -> list[Token]:
    tokens = parser.parse(body)
    if any(token.type in _HOLDERS and token.level == _DEEPEST - 1 for token in tokens):
        raise FormatError(f"is nested more than {_DEEPEST} levels deep; give a simpler file")
    return tokens


def _blocks(body: str) -> Iterator[Block]:
    """Yield every block in order; some may be blank."""
    kind: Literal["text", "heading"] = "text"
    row: list[str] | None = None
    for token in _tokens(_parser(), body):
        match token.type:
            case "heading_open" | "heading_close":
                kind = "heading" if token.nesting > 0 else "text"
            case "tr_open":
                row = []
            case "tr_close" if row is not None:
                yield Block(normal("\t".join(row)))
                row = None
            case "inline" if row is not None:
                row.append(_shown(token))
            case "inline":
                yield Block(normal(_shown(token)), kind)
            case "fence" | "code_block":
                yield Block(normal(token.content))
            case "html_block":
                shown = _TAG.sub("", _HIDDEN.sub("", token.content))
                yield Block(normal(html.unescape(shown)))


def _shown(inline: Token) -> str:
    """Return the text of a line without its markup."""
    return "".join(_SHOWN.get(child.type, child.content) for child in inline.children or ())
