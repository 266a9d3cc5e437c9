"""Corrections as a text file that diffs well: one row a line, in the order of the texts.

    # reader corrections 1
    v1 5f3c9a0b1c2d3e4f harbour-post.txt
    v2 81d2c1a4b5e6f708 diario-da-costa.txt

    edited     v1:120-180,181-230 v2:100-190 | All passengers and … | Todos os passageiros …
    confirmed  v1:231-300 v2:191-250 | Nobody died, but 17 … | Ninguém morreu, mas 17 …

    # not in these texts any more:
    # confirmed  harbour-post.txt: The port closed. | diario-da-costa.txt: O porto fechou.

Spans count characters of the version's text, whose digest stands at the top. What follows a bar is
for people and is not read back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reader.corrections.editions import Edition
from reader.corrections.operations import Cell, Cells, CorrectedRows, locate, version_keys
from reader.errors import CorrectionError
from reader.model import Document, Status, one_line
from reader.printable import beginning, printable

HEAD = "# reader corrections 1"
SNIPPET = 32
"""Most characters that are quoted of a version."""

_VERSION = re.compile(r"(v\d{1,4}) ([0-9a-f]{16}(?:-\d+)?) (.+)")
_CELL = re.compile(r"(v\d{1,4}):(\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9})*)")
_STATUS: dict[str, Status] = {"edited": "edited", "confirmed": "confirmed"}


def write(
    documents: Sequence[Document],
    rows: CorrectedRows,
    earlier: Mapping[str, Edition] = MappingProxyType({}),
) -> str:
    """Return corrected rows as text, whatever the order of the documents.

    Rows that are no longer in the documents are quoted from `earlier` editions (by version key).
    """
    versions = sorted(
        zip(version_keys(documents), documents, strict=True), key=lambda v: (v[1].name, v[0])
    )
    number = {key: n for n, (key, _) in enumerate(versions, 1)}
    texts = {key: document.text for key, document in versions}

    def place(cells: Cells) -> tuple[float, tuple[tuple[int, int], ...]]:
        """Return where in its text a row begins, from 0 to 1, and what sorts rows of one place."""
        first = min(cells, key=lambda cell: number[cell.version])
        starts = tuple((number[cell.version], cell.spans[0][0]) for cell in cells)
        return first.spans[0][0] / len(texts[first.version]), starts

    lines = [HEAD, *(f"v{number[key]} {key} {printable(d.name)}" for key, d in versions), ""]
    here = [cells for cells in rows if all(cell.version in number for cell in cells)]
    for cells in sorted(here, key=place):
        ordered = sorted(cells, key=lambda cell: number[cell.version])
        places = (
            f"v{number[cell.version]}:{','.join(f'{start}-{stop}' for start, stop in cell.spans)}"
            for cell in ordered
        )
        snippets = (_snippet(texts[cell.version], cell) for cell in ordered)
        lines.append(f"{rows[cells]:<9}  {' '.join(places)} | {' | '.join(snippets)}")
    lines += _gone(documents, rows, earlier)
    return "\n".join(lines) + "\n"


def _gone(
    documents: Sequence[Document], rows: CorrectedRows, earlier: Mapping[str, Edition]
) -> Iterator[str]:
    """Yield comment lines that quote the rows of which a part is in an earlier edition only."""
    texts = {
        key: Edition(d.name, d.text)
        for key, d in zip(version_keys(documents), documents, strict=True)
    }
    gone = [cells for cells in rows if any(cell.version not in texts for cell in cells)]
    if gone:
        yield from ("", "# not in these texts any more:")
    for cells in gone:
        snippets = sorted(
            f"{edition.name}: {one_line(' '.join(edition.text[slice(*s)] for s in cell.spans))}"
            for cell in cells
            if (edition := texts.get(cell.version) or earlier.get(cell.version))
        )
        yield f"# {rows[cells]:<9}  {printable(' | '.join(snippets))}"


def _snippet(text: str, cell: Cell) -> str:
    return beginning(text[cell.spans[0][0] : cell.spans[-1][1]], SNIPPET)


def read(text: str, documents: Sequence[Document]) -> dict[Cells, Status]:
    """Read what `write` wrote of these documents, in any order.

    Raises:
        CorrectionError: a line cannot be read, or the list is of other documents or other editions.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or lines[0][1].strip() != HEAD:
        raise CorrectionError(f"line 1: no list of corrections; it begins with {HEAD!r}")
    lines = [(n, line) for n, line in lines if not line.startswith("#")]
    versions: dict[str, tuple[str, str]] = {}
    rows: dict[Cells, Status] = {}
    taken: Counter[tuple[str, tuple[int, int]]] = Counter()
    for n, line in lines:
        if (version := _VERSION.fullmatch(line.strip())) and not rows:
            versions[version[1]] = version[2], version[3]
            continue
        if not rows:
            _check(versions, documents)
        try:
            cells, status = _row(line, versions)
            locate(documents, [cells])
            parts = [(cell.version, span) for cell in cells for span in cell.spans]
            if taken.keys() & set(parts):
                raise CorrectionError("a sentence of another row above; it can be in one alone")
        except CorrectionError as error:
            raise CorrectionError(f"line {n}: {error}") from error
        taken.update(parts)
        rows[cells] = status
    _check(versions, documents)
    return rows


def _row(line: str, versions: Mapping[str, tuple[str, str]]) -> tuple[Cells, Status]:
    word, *places = line.partition(" | ")[0].split()
    if word not in _STATUS:
        raise CorrectionError(f"{word!r} is no status; write edited or confirmed")
    return tuple(sorted(_cells(places, versions))), _STATUS[word]


def _cells(places: Sequence[str], versions: Mapping[str, tuple[str, str]]) -> Iterator[Cell]:
    for place in places:
        match = _CELL.fullmatch(place)
        if match is None:
            raise CorrectionError(f"{place!r} is no place; write it as v1:120-180,181-230")
        if match[1] not in versions:
            raise CorrectionError(f"{match[1]!r} is no version; those at the top are")
        ranges = (span.split("-") for span in match[2].split(","))
        yield Cell(versions[match[1]][0], tuple((int(a), int(b)) for a, b in ranges))


def _check(versions: Mapping[str, tuple[str, str]], documents: Sequence[Document]) -> None:
    """Check that a list is of these documents and of no others.

    Raises:
        CorrectionError: it is not.
    """
    there = dict(zip(version_keys(documents), documents, strict=True))
    listed = dict(versions.values())
    if listed.keys() == there.keys():
        return
    for key, name in listed.items():
        if key not in there and name in {document.name for document in documents}:
            raise CorrectionError(f"{name!r}: its text is not the one that was corrected any more")
    names = ", ".join(listed.values()) or "no version"
    raise CorrectionError(f"these are corrections of {names}; name those files, and no others")
