"""Values to and from records of the store: columns of numbers as bytes, the rest as JSON.

Numbers are four bytes each in the byte order of this computer: the file is a cache, and is not
moved to computers of another kind.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from itertools import accumulate, chain, pairwise
from typing import Any

from reader.columns import NUMBERS
from reader.model import Cue, Document, Pivots, Place, Row, Segment, Segments, Skip, Texts

Record = dict[str, Any]

_PLAIN = ("text", "segments")
"""The fields of a document that have columns of their own."""
_OLD_NAMES = {"said": "sentences", "hushed": "dismissed"}
"""What fields of a place were called before -> what they are called."""


def document_record(document: Document) -> Record:
    """Return a document as a record."""
    segments = document.segments
    about = {f.name: getattr(document, f.name) for f in fields(document) if f.name not in _PLAIN}
    about["special"] = segments.language, segments.special
    return {
        "document": json.dumps(about),
        "text": _packed(document.text),
        "segments": (segments.starts + segments.stops + segments.paragraphs).tobytes(),
    }


def document_of(about: str, text: bytes, segments: bytes) -> Document:
    """Return the document of a record."""
    values, numbers = json.loads(about), _numbers(segments)
    size = len(numbers) // 3
    language, special = values.pop("special")
    starts, stops, paragraphs = (numbers[k * size : (k + 1) * size] for k in range(3))
    values["notes"] = tuple(values["notes"])
    values["cues"] = tuple(Cue(*cue) for cue in values["cues"])
    found = {int(i): _segment(*segment) for i, segment in special.items()}
    columns = Segments(starts, stops, paragraphs, language, found)
    return Document(**values, text=_unpacked(text), segments=columns)


def _segment(start: int, stop: int, paragraph: int, *rest: Any) -> Segment:  # noqa: ANN401 - JSON
    language, kind, skip = rest
    return Segment(start, stop, paragraph, language, kind, skip and Skip(*skip))


def pivots_record(pivots: Pivots) -> Record:
    """Return the pivots of a document as a record."""
    texts = pivots.texts
    return {
        "text": _packed(texts.whole),
        "places": (texts.starts + texts.stops).tobytes(),
        "suspects": json.dumps(pivots.suspects),
    }


def pivots_of(text: bytes, places: bytes, suspects: str) -> Pivots:
    """Return the pivots of a record."""
    numbers = _numbers(places)
    half = len(numbers) // 2
    texts = Texts(_unpacked(text), numbers[:half], numbers[half:])
    return Pivots(texts, {int(i): reason for i, reason in json.loads(suspects).items()})


def rows_record(rows: Sequence[Row]) -> Record:
    """Return rows as a record; its cells are for each document the sizes, then the segments."""
    numbers = array(NUMBERS)
    for column in zip(*(row.segments for row in rows), strict=True):
        numbers.extend(map(len, column))
        numbers.extend(chain.from_iterable(column))
    details = {r: (row.status, row.moved) for r, row in enumerate(rows) if _has_details(row)}
    return {
        "cells": numbers.tobytes(),
        "scores": array("d", (row.score for row in rows)).tobytes(),
        "said": json.dumps(details),
    }


def _has_details(row: Row) -> bool:
    """Tell whether a row has more than cells and a score."""
    return (row.status, row.moved) != ("auto", ())


def rows_of(cells: bytes, scores: bytes, details: str) -> tuple[Row, ...]:
    """Return the rows of a record."""
    numbers, scored = _numbers(cells), array("d", scores)
    columns, at = [], 0
    while at < len(numbers):
        ends = list(accumulate(numbers[at : at + len(scored)], initial=0))
        at += len(scored)
        segments = tuple(numbers[at : at + ends[-1]])
        columns.append([segments[start:stop] for start, stop in pairwise(ends)])
        at += len(segments)
    rows = list(map(Row, zip(*columns, strict=True), scored))
    for r, (status, moved) in json.loads(details).items():
        rows[int(r)] = replace(rows[int(r)], status=status, moved=tuple(moved))
    return tuple(rows)


def place_record(place: Place) -> str:
    """Return a place as JSON."""
    return json.dumps(asdict(place))


def place_of(record: str) -> Place:
    """Return the place of a record; what only a newer version knows is left out."""
    known = {field.name for field in fields(Place)}
    kept = {_OLD_NAMES.get(name, name): value for name, value in json.loads(record).items()}
    return Place(**{name: _frozen(value) for name, value in kept.items() if name in known})


def _frozen(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a value from JSON with its lists as tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _numbers(packed: bytes) -> array[int]:
    return array(NUMBERS, packed)


# Not as JSON, which takes six bytes for a letter beyond ASCII.
def _packed(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unpacked(packed: bytes) -> str:
    return packed.decode("utf-8", "surrogatepass")
