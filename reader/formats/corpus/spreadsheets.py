"""Spreadsheets with a column for each version: XLSX and ODS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.errors import FormatError
from reader.formats.archive import Archive
from reader.formats.corpus.tables import parse_table
from reader.formats.markup import attribute, damaged, descendants, local, parse_xml
from reader.model import Corpus
from reader.printable import counted

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Cells = dict[int, str]
"""Column -> text of a cell of one row; empty cells are absent."""

_SHEET = re.compile(r"xl/worksheets/sheet(\d{1,6})\.xml")
_STRINGS = "xl/sharedStrings.xml"
_COLUMN = re.compile(r"[A-Z]{1,3}(?=\d)")
# Most columns that are looked at, those with the most cells; a sheet may have 16,384.
_MOST = 64


def parse_xlsx(data: bytes) -> Corpus:
    """Parse the first sheet of an Excel workbook that has several columns of text.

    Raises:
        FormatError: it is damaged, or has no such sheet.
    """
    archive = Archive(data)
    strings: list[str] = []
    if _STRINGS in archive.names:
        strings = [_text(item) for item in descendants(parse_xml(archive.read(_STRINGS)), "si")]
    found = filter(None, map(_SHEET.fullmatch, archive.names))
    names = [sheet[0] for sheet in sorted(found, key=lambda sheet: int(sheet[1]))]
    return _first([_excel_rows(parse_xml(archive.read(name)), strings) for name in names])


def _excel_rows(sheet: Element, strings: Sequence[str]) -> Iterator[Cells]:
    for row in descendants(sheet, "row"):
        cells: Cells = {}
        column = -1
        for cell in descendants(row, "c"):
            named = _COLUMN.match(attribute(cell, "r"))
            column = _number(named[0]) if named else column + 1
            value = next((v.text or "" for v in descendants(cell, "v")), "")
            if text := strings[int(value)] if attribute(cell, "t") == "s" else value or _text(cell):
                cells[column] = text
        yield cells


def _number(letters: str) -> int:
    """Return the number of a column, from 0: that of AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _text(element: Element) -> str:
    """Return a text of a workbook without its phonetic reading (ISO/IEC 29500-1, 18.4)."""
    texts = descendants(element, "t")
    return "".join(t.text or "" for t in texts if local(next(t.iterancestors())) != "rph")


def parse_ods(data: bytes) -> Corpus:
    """Parse the first sheet of an OpenDocument spreadsheet that has several columns of text.

    Raises:
        FormatError: it is damaged, or has no such sheet.
    """
    archive = Archive(data)
    if "content.xml" not in archive.names:
        raise FormatError("is an archive without a table; give an ODS file")
    tree = parse_xml(archive.read("content.xml"))
    for annotation in descendants(tree, "annotation"):
        annotation.clear()
    return _first([_open_rows(sheet) for sheet in descendants(tree, "table")])


def _open_rows(sheet: Element) -> Iterator[Cells]:
    for row in descendants(sheet, "table-row"):
        cells: Cells = {}
        column = 0
        for cell in row:
            if text := "\n".join("".join(p.itertext()) for p in descendants(cell, "p")):
                cells[column] = text
            repeated = attribute(cell, "number-columns-repeated")
            column += int(repeated) if repeated.isdecimal() else 1
        yield cells


def _first(sheets: Sequence[Iterator[Cells]]) -> Corpus:
    """Parse the first sheet that is a table of versions."""
    others = counted(len(sheets) - 1, "other sheet", "other sheets")
    notes = (f"spreadsheet: {others} left out",) if len(sheets) > 1 else ()
    problem = FormatError("has no sheet with a text; give a table with a column for each version")
    for sheet in sheets:
        try:
            rows = [cells for cells in sheet if cells]
        except (ValueError, IndexError) as error:
            raise damaged(error) from None
        filled = Counter(column for cells in rows for column in cells)
        columns = sorted(column for column, _ in filled.most_common(_MOST))
        try:
            return parse_table([[cells.get(c, "") for c in columns] for cells in rows], notes)
        except FormatError as error:
            problem = error
    raise problem
