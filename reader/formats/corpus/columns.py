"""Documents that are one table with a language in each column, as translators make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from reader.formats.blocks import Block, blocks
from reader.formats.corpus.builder import CorpusBuilder, Details, Version
from reader.formats.markup import local
from reader.languages import identify, known_code, letters
from reader.model import Corpus
from reader.printable import counted

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Least share of the letters of a document that its columns hold, and least letters of a column.
_SHARE = 0.6
_LETTERS = 60
# Rows that are looked at to find which columns are versions.
_GLANCE = 200


def in_columns(read: Callable[[bytes], Element | None]) -> Callable[[bytes], Corpus | None]:
    """Return the parser of documents in columns, given the function that reads their tree."""

    def parse(data: bytes) -> Corpus | None:
        tree = read(data)
        return None if tree is None else _corpus(tree)

    return parse


def _corpus(tree: Element) -> Corpus | None:
    """Return the versions of a document whose text is in columns of different languages, or None.

    What stands outside of them is in the version whose language it is in, else in the first; a head
    that names their languages is left out.
    """
    rows = [(row, cells) for row in tree.iter() if len(cells := _cells(row)) > 1]
    width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0] if rows else 0
    rows = [(row, cells) for row, cells in rows if len(cells) == width]
    versions = _versions([cells for _, cells in rows[:_GLANCE]])
    if len(versions) < 2:
        return None
    table = [[list(blocks(cells[c])) for c in versions] for _, cells in rows]
    if sum(map(_size, chain.from_iterable(table))) < _SHARE * _size(blocks(tree)):
        return None
    marked: dict[str, list[list[Block]]] = {}
    """What stands in the place of a row while the document is walked through -> its cells."""
    for (row, _), cells in zip(rows, table, strict=True):
        for cell in list(row):
            row.remove(cell)
        row.tag, row.text = "p", f"\ue000{len(marked)}"
        marked[row.text] = cells
    codes = [version.language for version in versions.values()]
    builder = CorpusBuilder(dict.fromkeys(versions.values()))
    for block in blocks(tree):
        cells = marked.pop(block.text, [])
        if not cells:
            own = Version(identify(block.text).code)
            version = own if own in versions.values() else next(iter(versions.values()))
            builder.add({version: block.text}, Details(heading=block.kind == "heading"))
        elif _names(cells) != codes:
            for texts in _paired(cells):
                builder.add(dict(zip(versions.values(), texts, strict=True)))
    shown = ", ".join(codes)
    notes = [f"table: a column each for {shown}; name one with --lang to read all as one text"]
    if left := width - len(versions):
        notes.append(f"table: {counted(left, 'column', 'columns')} about its rows left out")
    return builder.build(notes)


def _cells(row: Element) -> list[Element]:
    """Return the cells of a row; none of any other element, and of a row with tables in it."""
    if local(row) != "tr" or any(local(inner) == "tr" for inner in row.iterdescendants()):
        return []
    return [cell for cell in row if local(cell) in {"td", "th"}]


def _versions(rows: Sequence[Sequence[Element]]) -> dict[int, Version]:
    """Return the columns that are versions; of those in one language the longest is."""
    found: dict[str, tuple[int, int]] = {}
    """Code -> letters and column."""
    for c, column in enumerate(zip(*rows, strict=True)):
        text = "\n".join("".join(cell.itertext()) for cell in column)
        guess = identify(text)
        if guess.sure and letters(text) >= _LETTERS:
            found[guess.code] = max(found.get(guess.code, (0, 0)), (letters(text), c))
    columns = {c: Version(code) for code, (_, c) in found.items()}
    return dict(sorted(columns.items()))


def _names(cells: Sequence[Sequence[Block]]) -> list[str]:
    """Return the languages that the cells of the head name, "" where one names none."""
    return [known_code(" ".join(block.text for block in cell)) for cell in cells]


def _paired(cells: Sequence[Sequence[Block]]) -> Iterator[list[str]]:
    """Yield the texts of a row: by paragraphs where all cells have as many, else whole."""
    if len(set(map(len, cells))) == 1:
        yield from ([block.text for block in blocks] for blocks in zip(*cells, strict=True))
    else:
        yield ["\n".join(block.text for block in cell) for cell in cells]


def _size(found: Iterable[Block]) -> int:
    return sum(letters(block.text) for block in found)
