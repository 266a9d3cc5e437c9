"""Anki: a text file of cards for its importer, which updates those it has.

To the importer a line that begins with ``#`` is a comment, a field that begins with a lone
quotation mark swallows the lines after it, and a card with a known GUID replaces the old one.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from reader.errors import ExportError
from reader.export.common import Exported, Unit
from reader.export.excerpt import Excerpt
from reader.model import Row
from reader.printable import counted

_GUID_BYTES = 10
_NO_WORD = re.compile(r"\W+")


def anki(excerpt: Excerpt) -> Exported:
    """Write a card for each pair of versions in a row: source on the front, target on the back.

    Raises:
        ExportError: there is but one version.
    """
    if not excerpt.pairs:
        raise ExportError("anki: there is one version and a card has two sides; use csv or tsv")
    cards = [(unit, line) for row in excerpt.rows() for unit, line in _cards(excerpt, *row)]
    rows = len({index for index, _, row in excerpt.rows() if _sides(excerpt, index)})
    header = (
        "#separator:tab\n#html:false\n#notetype:Basic\n"
        f"#deck:reader::{_deck(excerpt.title)}\n#guid column:1\n#tags column:4\n"
    )
    data = header + "".join(line for _, line in cards)
    notes = []
    if lack := len(excerpt.numbers) - rows:
        notes.append(f"{counted(lack, 'row', 'rows')} left out: a card needs two sides")
    return Exported(tuple(unit for unit, _ in cards), (("", data.encode()),), tuple(notes))


def _sides(excerpt: Excerpt, index: int) -> list[tuple[int, int]]:
    cells = excerpt.cells[index]
    return [(d, e) for d, e in excerpt.pairs if cells[d] and cells[e]]


def _cards(excerpt: Excerpt, index: int, number: int, row: Row) -> Iterator[tuple[Unit, str]]:
    for d, e in _sides(excerpt, index):
        front, back = excerpt.cells[index][d], excerpt.cells[index][e]
        tags = f"{excerpt.names[d]}-{excerpt.names[e]} {row.confidence.word} row::{number}"
        if chapter := _NO_WORD.sub("_", excerpt.chapters[index]).strip("_"):
            tags += f" chapter::{chapter}"
        shown = back
        if machine := excerpt.pivot(index, d):
            shown = f"{back}\n[machine {excerpt.machine_tag}] {machine}"
        if note := excerpt.note(index):
            shown += f"\n[note] {note}"
        fields = (_guid(excerpt, index, d, e), front, shown, tags)
        yield (front, back), "\t".join(map(_field, fields)) + "\n"


def _guid(excerpt: Excerpt, index: int, front: int, back: int) -> str:
    """Return the id of a card: a digest of both documents and of where its front begins.

    So a card keeps its id when rows are corrected or numbered anew.
    """
    source, target = (excerpt.documents[d] for d in (front, back))
    start = source.segments[excerpt.parallel.rows[index].segments[front][0]].start
    key = f"{source.digest} {target.digest} {start}"
    return blake2b(key.encode(), digest_size=_GUID_BYTES).hexdigest()


def _field(text: str) -> str:
    if '"' in text or "\n" in text or text.startswith("#"):
        return '"' + text.replace('"', '""') + '"'
    return text


def _deck(title: str) -> str:
    """Return a title as the name of one deck; two colons would nest decks."""
    return re.sub(r'["\\]|:(?=:)', "", title)
