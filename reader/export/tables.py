"""Tables: a line for each row, a column for each version.

TSV and CSV hold the texts as they are. Those for spreadsheets have no cell that would be run as a
formula; Sketch Engine takes nothing but texts under the English names of their languages.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from reader.errors import ExportError
from reader.export.common import BOM, Exported
from reader.export.excerpt import Excerpt
from reader.languages import name_of
from reader.model import Row
from reader.printable import counted

FORMULA = re.compile("[=+@-]")
"""First characters by which a spreadsheet takes a cell for a formula."""
BEFORE = ("row", "chapter")
"""Columns before the texts."""
BEHIND = ("score", "status", "versions", "flags")
"""Columns behind the texts; `versions` is "2 of 3" for a row that lacks one of three."""
NOTE = "note"
"""The last column, if notes are added."""
# Sketch Engine reads metadata from tags inside the cells, which cannot be escaped.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~$])")


def tsv(excerpt: Excerpt) -> Exported:
    """Write cells between tabs, without quoting."""
    lines = ("\t".join(cells) + "\n" for cells in _table(excerpt))
    return Exported(excerpt.cells, (("", "".join(lines).encode()),))


def csv_(excerpt: Excerpt) -> Exported:
    """Quote as RFC 4180 says, with a bare newline at the end of a line."""
    return Exported(excerpt.cells, (("", _quoted(_table(excerpt), ",")),))


def sheet(excerpt: Excerpt) -> Exported:
    """Write quoted cells between tabs, with a byte order mark, and a blank before formulas."""
    guarded = 0
    lines = []
    for cells in _table(excerpt):
        formulas = [bool(FORMULA.match(cell)) for cell in cells]
        lines.append(
            [f" {c}" if formula else c for c, formula in zip(cells, formulas, strict=True)]
        )
        guarded += sum(formulas)
    note = f"{counted(guarded, 'cell begins', 'cells begin')} with a blank, so as to be no formula"
    return Exported(excerpt.cells, (("", BOM + _quoted(lines, "\t")),), (note,) if guarded else ())


def sketch(excerpt: Excerpt) -> Exported:
    """Write the texts alone, under the English names of their languages.

    Raises:
        ExportError: a language is there twice or not known, or machine text is asked for.
    """
    if excerpt.machine:
        raise ExportError("sketch: a corpus cannot mark machine text; leave out --machine")
    codes = [document.language for document in excerpt.documents]
    if "" in codes or len(set(codes)) < len(codes):
        raise ExportError(
            "sketch: a column is a language; name each with --lang, and choose one version of "
            "each with --pairs"
        )
    units = tuple(unit for unit in excerpt.cells if any(unit))  # an empty line would be no row
    lines = [tuple(map(name_of, codes)), *units]
    data = "".join("\t".join(cells) + "\n" for cells in lines).encode()
    tagged = sum(bool(_TAG.search(cell)) for unit in units for cell in unit)
    note = (
        f"{counted(tagged, 'cell has', 'cells have')} words in < >, which are taken for structure"
    )
    return Exported(units, (("", data),), (note,) if tagged else ())


def markdown(excerpt: Excerpt) -> Exported:
    """Write a table as GitHub reads it; what would be markup is escaped."""
    header = ["row", *_titles(excerpt), "score", "status", *_note(excerpt, NOTE)]
    rows = (
        [
            str(number),
            *_texts(
                excerpt,
                index,
                [excerpt.with_line_breaks(index, d) for d in range(len(row.segments))],
            ),
            *_trust(row),
            *_note(excerpt, excerpt.note(index)),
        ]
        for index, number, row in excerpt.rows()
    )
    lines = ("| " + " | ".join(map(_no_markup, cells)) + " |\n" for cells in [header, *rows])
    title = next(lines)
    rule = f"|{'---|' * len(header)}\n"
    return Exported(excerpt.cells, (("", "".join([title, rule, *lines]).encode()),))


def _no_markup(cell: str) -> str:
    return _MARKDOWN.sub(r"\\\1", cell).replace("\n", "<br>")


def _table(excerpt: Excerpt) -> Iterator[list[str]]:
    """Yield a header, then the cells of each row: see `BEFORE` and `BEHIND`."""
    yield [*BEFORE, *_titles(excerpt), *BEHIND, *_note(excerpt, NOTE)]
    for index, number, row in excerpt.rows():
        versions = f"{len(row.present)} of {len(row.segments)}"
        before = [str(number), excerpt.chapters[index]]
        behind = [*_trust(row), versions, " ".join(excerpt.flags(index))]
        note = _note(excerpt, excerpt.note(index))
        yield [*before, *_texts(excerpt, index, excerpt.cells[index]), *behind, *note]


def _titles(excerpt: Excerpt) -> list[str]:
    machine = f" (machine {excerpt.machine_tag})"
    titles = []
    for d, title in enumerate(excerpt.titles):
        titles += [title, title + machine] if excerpt.has_pivot(d) else [title]
    return titles


def _texts(excerpt: Excerpt, index: int, originals: Iterable[str]) -> list[str]:
    """Return the cells of a row, each followed by its machine translation if that is added."""
    cells = []
    for d, text in enumerate(originals):
        cells += [text, excerpt.pivot(index, d)] if excerpt.has_pivot(d) else [text]
    return cells


def _note(excerpt: Excerpt, cell: str) -> list[str]:
    """Return the cell of the column of notes, [] if there is none."""
    return [cell] if excerpt.notes else []


def _trust(row: Row) -> list[str]:
    """Return score and status; a row of one version has no score."""
    return [f"{row.score:.3f}" if len(row.present) > 1 else "", row.status]


def _quoted(lines: Iterable[list[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
