"""What web pages and EPUB share: the markup of rows, versions and chapters.

Classes for style sheets: ``row``, ``src`` (the first version), ``tgt`` (the others), ``v0`` ``v1``
... (by column), ``lang-xx``, ``missing``, ``machine``, ``note``, ``doubtful`` and ``begins`` (the
row begins a paragraph).
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from reader.export.excerpt import Excerpt
from reader.languages import is_rtl, name_of
from reader.model import Confidence, Row

COLOURS = ("#2a6fb0", "#b3541e", "#3c7d3c", "#8a4a9e", "#8a6d1d")
"""One for each version, readable on white and on black; after the last they begin anew."""

STYLE = """
body { font-family: Georgia, "Noto Serif", serif; line-height: 1.5; }
.row { margin: 0 0 .6em; }
.begins { margin-top: 1.4em; }
.row p, .row h2 { margin: 0; }
.row h2 { font-size: 1.3em; line-height: 1.3; }
.tgt { margin-top: .15em; border-inline-start: .2em solid; padding-inline-start: .7em; }
.tgt p, .tgt h2 { font-style: normal; }
.missing, .machine { opacity: .65; }
.row .note { margin-top: .15em; font: italic .9em sans-serif; }
.machine { font-size: .85em; }
.doubtful > .src > :first-child::before { content: "? "; }
"""
"""The style sheet of both; `colours` follow."""


def colours(excerpt: Excerpt) -> str:
    """Return style rules with a colour for each version, that of the bar beside it."""
    return "".join(
        f".v{d} {{ border-color: {COLOURS[d % len(COLOURS)]}; }}\n"
        for d in range(len(excerpt.documents))
    )


def language(tag: str) -> str:
    """Return the attributes of text in a language."""
    return f'lang="{tag}" xml:lang="{tag}"'


def direction(code: str) -> str:
    """Return the value of `dir` for a language."""
    return "rtl" if is_rtl(code) else "ltr"


def legend(excerpt: Excerpt) -> str:
    """Return a list of the versions in the style of each."""
    entries = "".join(
        f'<li class="{_class(excerpt, d)}"><span {language("und")}>{escape(excerpt.ids[d])}</span>'
        f", {escape(name_of(document.language) or 'unknown')}</li>"
        for d, document in enumerate(excerpt.documents)
    )
    return f'<ul class="versions">{entries}</ul>'


def block(excerpt: Excerpt, index: int, before: str = "") -> str:
    """Return the markup of a row, a dash for each version that it lacks."""
    row = excerpt.parallel.rows[index]
    element = "h2" if excerpt.is_heading(row) else "p"
    classes = ["row"]
    if _begins(excerpt, row):
        classes.append("begins")
    if row.confidence is Confidence.DOUBTFUL:
        classes.append("doubtful")
    cells = "".join(_cell(excerpt, index, d, element) for d in excerpt.order)
    if note := excerpt.note(index):
        cells += f'<p class="note" dir="auto" {language("und")}>{escape(note)}</p>'
    name = anchor(excerpt.numbers[index])
    return f'<div class="{" ".join(classes)}" id="{name}">{before}{cells}</div>\n'


def _cell(excerpt: Excerpt, index: int, d: int, element: str) -> str:
    text, document = excerpt.cells[index][d], excerpt.documents[d]
    if text:
        lines = escape(excerpt.with_line_breaks(index, d)).replace("\n", "<br/>")
        inner = f"<{element} {language(excerpt.tags[d])}>{lines}</{element}>"
    else:
        missing = f"nothing in {name_of(document.language) or 'this version'}"
        inner = f'<p class="missing" title="{escape(missing)}">—</p>'
    if text and (machine := excerpt.pivot(index, d)):
        # BCP 47 extension T with t0: transformed by machine translation (RFC 6497).
        tag = f"{excerpt.machine_tag}-t-{excerpt.tags[d].lower()}-t0-und"
        inner += (
            f'<p class="machine" {language(tag)} dir="{direction(excerpt.machine)}">'
            f"machine translation: {escape(machine)}</p>"
        )
    return f'<div class="{_class(excerpt, d)}" dir="{direction(document.language)}">{inner}</div>'


def _class(excerpt: Excerpt, d: int) -> str:
    return f"{'src' if d == excerpt.leader else 'tgt'} v{d} lang-{excerpt.tags[d]}"


def anchor(number: int) -> str:
    """Return the id of a row, for links."""
    return f"r{number:06}"


def _begins(excerpt: Excerpt, row: Row) -> bool:
    """Tell whether a row begins a paragraph of the leader."""
    document = excerpt.documents[excerpt.leader]
    indices = row.segments[excerpt.leader]
    if not indices:
        return False
    first = indices[0]
    segments = document.segments
    return first == 0 or segments[first].paragraph != segments[first - 1].paragraph


def chapters(excerpt: Excerpt, most_rows: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield (title, indices of rows) of each chapter.

    A chapter begins at a heading that does not follow another one, and after `most_rows` rows.
    Without a heading the title is the row numbers.
    """
    starts = [
        index
        for index, _, row in excerpt.rows()
        if index == 0
        or (excerpt.is_heading(row) and not excerpt.is_heading(excerpt.parallel.rows[index - 1]))
    ]
    for start, stop in pairwise([*starts, len(excerpt.numbers)]):
        heading = excerpt.is_heading(excerpt.parallel.rows[start])
        title = next(filter(None, excerpt.cells[start]), "") if heading else ""
        for first in range(start, stop, most_rows):
            last = min(first + most_rows, stop)
            numbers = f"{excerpt.numbers[first]}–{excerpt.numbers[last - 1]}"
            part = f" ({numbers})" if first > start else ""
            yield (f"{title}{part}" if title else numbers), range(first, last)
