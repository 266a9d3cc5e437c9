"""Tables with a column for each version."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from reader.errors import FormatError
from reader.formats.corpus.builder import (
    CorpusBuilder,
    Details,
    Version,
    code_of,
    score_of,
    status_of,
)
from reader.formats.encoding import decode
from reader.languages import LANGUAGES, OTHERS, known_code, letters
from reader.model import Corpus

# Heads of columns that are no versions but describe the row.
_ABOUT = frozenset(
    {"row", "chapter", "score", "status", "versions", "flags", "id", "note", "notes"}
)
# Heads of versions that do not name their language.
_SIDES = frozenset({"source", "target", "src", "tgt", "trg", "original", "translation", "mt"})
# If all heads are English names of languages, as for Sketch Engine, all columns are versions; codes
# do not say that: "id" may be anything.
_NAMES = frozenset((*OTHERS.values(), *(language.name for language in LANGUAGES.values())))
# The code of any language, and how our own exports head machine translations.
_TWO_LETTERS = re.compile(r"[a-z]{2}(?:[-_]\w{2,4})?", re.IGNORECASE)
_MACHINE = re.compile(r" \(machine [^)]*\)$")
# A column is text where the cells that are not empty have this many letters on average.
_LETTERS = 2
_DELIMITERS = ",;\t|"


def parse_tsv(data: bytes) -> Corpus:
    """Parse a table with tabs, quoted or not.

    It counts as quoted if every cell that begins with a quotation mark is quoted correctly. Of our
    own tables only that for spreadsheets is, which has a byte order mark.

    Raises:
        FormatError: it is binary, or has fewer than two columns of text.
    """
    decoded = decode(data, largest=len(data))
    lines = [line.split("\t") for line in decoded.text.split("\n") if line.strip()]
    opened = [cell for line in lines for cell in line if cell.startswith('"')]
    ours = _is_ours(lines[0]) if lines else False
    if opened and (data.startswith(codecs.BOM_UTF8) if ours else all(map(_quoted, opened))):
        lines = _rows(decoded.text, "\t")
    return parse_table(lines, decoded.notes)


def parse_csv(data: bytes) -> Corpus:
    """Parse a table with commas, semicolons or tabs, quoted as RFC 4180 says.

    Raises:
        FormatError: it is binary, broken, or has fewer than two columns of text.
    """
    decoded = decode(data, largest=len(data))
    first = decoded.text.split("\n", 1)[0]
    return parse_table(_rows(decoded.text, max(_DELIMITERS, key=first.count)), decoded.notes)


def _quoted(cell: str) -> bool:
    inner = cell[1:-1]
    return len(cell) > 1 and cell.endswith('"') and '"' not in inner.replace('""', "")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"is no table ({error}); give a CSV file as RFC 4180 has it") from None
    return [row for row in rows if any(cell.strip() for cell in row)]


def parse_table(rows: Sequence[Sequence[str]], notes: tuple[str, ...]) -> Corpus:
    """Make a corpus of the rows of a table; the first one may be its head.

    Raises:
        FormatError: it has fewer than two columns of text.
    """
    head = [cell.strip() for cell in rows[0]] if rows else []
    named = {k: version for k, cell in enumerate(head) if (version := _version(cell))}
    place = {cell.casefold(): k for k, cell in enumerate(head)}
    headed = (
        _is_ours(head) or len(named) > 1 or not _ABOUT.isdisjoint(place) or _SIDES.issuperset(place)
    )
    body = rows[1:] if headed else rows
    sure = _is_ours(head) or _NAMES.issuperset(head)
    columns = [k for k in range(len(head)) if sure or _is_text(_filled(body, k))]
    if headed:
        columns = [k for k in columns if not _is_about(head[k])]
        wanted = [k for k in columns if k in named] if len(named) > 1 else columns
        if left := [repr(head[k]) for k in columns if k not in wanted]:
            notes += (f"table: {', '.join(left)} left out; head a version by its language",)
        columns = wanted
    if len(columns) < 2:
        raise FormatError(
            "has fewer than two columns of text; give a table with a column for each version"
        )
    heads = {k: named.get(k, Version("")) for k in columns}
    same = Counter(heads.values())
    # Two columns with one head are two versions.
    versions = {k: v._replace(number=k) if same[v] > 1 else v for k, v in heads.items()}
    if not headed:
        place, versions = {}, {k: Version("", number=k) for k in columns}
    if beyond := sum(any(map(str.strip, row[len(head) :])) for row in body):
        rows_beyond = f"{beyond} of {len(body)} rows"
        notes += (f"table: what stands beyond the last column is left out, in {rows_beyond}",)
    builder = CorpusBuilder()
    for row in body:
        score, status, flags = (
            _cell(row, place.get(name)) for name in ("score", "status", "flags")
        )
        builder.add(
            {versions[k]: _cell(row, k) for k in columns},
            Details(score_of(score), status_of(status), heading="heading" in flags.split()),
        )
    return builder.build(notes)


def _is_ours(head: Sequence[str]) -> bool:
    return head[:1] == ["row"] and {"score", "status"} <= {*head}


def _is_about(head: str) -> bool:
    return head.casefold() in _ABOUT or bool(_MACHINE.search(head))


def _filled(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [cell for row in rows if (cell := _cell(row, column).strip())]


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _version(head: str) -> Version | None:
    """Return the version that a column's head names; None if it names no language."""
    tag, _, name = head.partition(":")
    known = tag == "und" or _TWO_LETTERS.fullmatch(tag) or known_code(tag)
    return Version(code_of(tag), name) if known and not _MACHINE.search(head) else None


def _is_text(cells: Sequence[str]) -> bool:
    return sum(map(letters, cells)) >= _LETTERS * len(cells) > 0
