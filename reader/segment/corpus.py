"""A corpus into documents: every cell is a segment, every unit a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from reader.languages import to_bcp47
from reader.model import Corpus, Document, Paragraph, Row, Source
from reader.segment import segment


def documents_of(corpus: Corpus, file: str) -> tuple[tuple[Document, ...], tuple[Row, ...]]:
    """Return a document for each version of a file, and the rows as the file has them.

    Nothing is split and nothing set aside. A language that the file does not tell is identified. A
    version without text is left out.
    """
    columns = [
        k for k in range(len(corpus.languages)) if any(unit.texts[k] for unit in corpus.units)
    ]
    names = _names(corpus, columns, file)
    documents = tuple(_document(corpus, k, name) for k, name in zip(columns, names, strict=True))
    documents = (replace(documents[0], notes=corpus.notes + documents[0].notes), *documents[1:])
    rows, place = [], [0] * len(columns)
    for unit in corpus.units:
        cells = []
        for d, k in enumerate(columns):
            cells.append((place[d],) if unit.texts[k] else ())
            place[d] += bool(unit.texts[k])
        alone = sum(map(bool, cells)) < 2
        rows.append(Row(tuple(cells), 0.0 if alone else unit.score, unit.status))
    return documents, tuple(rows)


def _names(corpus: Corpus, columns: Sequence[int], file: str) -> list[str]:
    """Name the versions as the file does, or by the file and their language."""
    stem = PurePath(file).stem
    names = [corpus.names[k] or f"{stem}.{to_bcp47(corpus.languages[k])}" for k in columns]
    count = Counter(names)
    seen: Counter[str] = Counter()
    for d, name in enumerate(names):
        seen[name] += 1
        names[d] = name if count[name] == 1 else f"{name}#{seen[name]}"
    return names


def _document(corpus: Corpus, version: int, name: str) -> Document:
    texts = [unit.texts[version] for unit in corpus.units if unit.texts[version]]
    paragraphs, start = [], 0
    for text in texts:
        paragraphs.append(Paragraph(start, start + len(text)))
        start += len(text) + 1
    source = Source("\n".join(texts), tuple(paragraphs))
    document = segment(
        source, name=name, language=corpus.languages[version] or None, segmented=True
    )
    notes = ("language: cannot be told; head its column with its language",)
    return document if document.language else replace(document, notes=notes)
