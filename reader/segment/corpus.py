"""Corpora to documents and rows: every text of a unit is a segment, every unit a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from reader.languages import to_bcp47
from reader.model import Corpus, Cue, Document, Given, Paragraph, Row, Source, Unit, numbered
from reader.segment import segment


def documents_of(corpus: Corpus, file: str) -> tuple[tuple[Document, ...], Given]:
    """Return a document for each version of a file that has text, and the rows of the file.

    Nothing is split or skipped. A language that the file does not tell is identified.
    """
    columns = [
        k for k in range(len(corpus.languages)) if any(unit.texts[k] for unit in corpus.units)
    ]
    orders = [_order(corpus, k) for k in columns]
    names = _names(corpus, columns, file)
    documents = tuple(
        _document(corpus, k, [corpus.units[u] for u in order], name)
        for k, order, name in zip(columns, orders, names, strict=True)
    )
    documents = (replace(documents[0], notes=corpus.notes + documents[0].notes), *documents[1:])
    places = [{u: i for i, u in enumerate(order)} for order in orders]
    rows = []
    for u, unit in enumerate(corpus.units):
        cells = tuple((place[u],) if u in place else () for place in places)
        alone = sum(map(bool, cells)) < 2
        moved = tuple(d for d, k in enumerate(columns) if cells[d] and k in unit.moved)
        rows.append(Row(cells, 0.0 if alone else unit.score, unit.status, moved))
    hub = columns.index(corpus.hub) if corpus.hub in columns else 0
    return documents, Given(tuple(range(len(columns))), tuple(rows), corpus.mode, hub)


def _order(corpus: Corpus, version: int) -> list[int]:
    """Return the indices of the units that a version is in, in the order of its own text."""
    found = [u for u, unit in enumerate(corpus.units) if unit.texts[version]]
    if corpus.units[0].places:
        found.sort(key=lambda u: corpus.units[u].places[version])
    return found


def _names(corpus: Corpus, columns: Sequence[int], file: str) -> tuple[str, ...]:
    """Name the versions as the file does, or by the file and their language."""
    stem = PurePath(file).stem
    names = [corpus.names[k] or f"{stem}.{to_bcp47(corpus.languages[k])}" for k in columns]
    return numbered(names, "#")


def _document(corpus: Corpus, version: int, units: Sequence[Unit], name: str) -> Document:
    texts = [unit.texts[version] for unit in units]
    paragraphs: list[Paragraph] = []
    cues: list[Cue] = []
    start = 0
    for unit, text in zip(units, texts, strict=True):
        stop = start + len(text)
        paragraphs.append(Paragraph(start, stop, "heading" if unit.heading else "text"))
        if unit.times and (time := unit.times[version]):
            cues.append(Cue(start, stop, *time))
        start = stop + 1
    timed = tuple(cues) if len(cues) == len(units) else ()
    source = Source("\n".join(texts), tuple(paragraphs), cues=timed)
    document = segment(
        source, name=name, language=corpus.languages[version] or None, segmented=True
    )
    notes = ("language: cannot be told; head its column with its language",)
    return document if document.language else replace(document, notes=notes)
