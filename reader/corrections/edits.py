"""What a reader can want of a row, as operations: merge, split, move, unlink, link, confirm.

All take the text, a row and the version in focus, and refuse what makes no sense with a
`CorrectionError` that says why. None changes anything.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping

from reader.corrections.operations import Indices, Kind, Operation, named
from reader.errors import CorrectionError
from reader.model import ParallelText, labels

Edit = Callable[[ParallelText, int, int], Operation]
"""(text, row, version in focus) -> operation."""


def merge(text: ParallelText, row: int, document: int) -> Operation:
    """Make one row of a row and the next."""
    if row + 1 == len(text.rows):
        raise CorrectionError("merge: this is the last row; there is none below it")
    return _named(text, "merge", _joined(_cells(text, row), _cells(text, row + 1)))


def split(text: ParallelText, row: int, document: int) -> Operation:
    """Keep the first sentence of each version, and make a row below of the others."""
    cells = _cells(text, row)
    if all(len(cell) < 2 for cell in cells):
        raise CorrectionError("split: no version has two sentences here; it can be unlinked")
    return _named(text, "split", tuple(c[:1] for c in cells), tuple(c[1:] for c in cells))


def pull_next(text: ParallelText, row: int, document: int) -> Operation:
    """Take the sentence that follows in the version into the row."""
    return _pull(text, row, document, 1)


def pull_previous(text: ParallelText, row: int, document: int) -> Operation:
    """Take the sentence before, in the version, into the row."""
    return _pull(text, row, document, -1)


def _pull(text: ParallelText, row: int, document: int, by: int) -> Operation:
    cell, kept = text.rows[row].segments[document], text.documents[document].kept
    if cell:
        k = bisect(kept, cell[-1]) if by > 0 else bisect(kept, cell[0] - 1) - 1
    else:
        rows = range(row + by, len(text.rows) if by > 0 else -1, by)
        near = next((c for r in rows if (c := text.rows[r].segments[document])), None)
        k = len(kept) if near is None else bisect(kept, near[0 if by > 0 else -1] - 1)
    if not 0 <= k < len(kept):
        raise CorrectionError(f"move: {_label(text, document)} has no sentence further on")
    taken = _alone(text, document, (kept[k],))
    return _named(text, "move", _joined(_cells(text, row), taken))


def push_next(text: ParallelText, row: int, document: int) -> Operation:
    """Move the last sentence of the version to the row below; behind the last row to a new one."""
    return _push(text, row, document, 1)


def push_previous(text: ParallelText, row: int, document: int) -> Operation:
    """Move the first sentence of the version to the row above; before the first to a new one."""
    return _push(text, row, document, -1)


def _push(text: ParallelText, row: int, document: int, by: int) -> Operation:
    cells = _cells(text, row)
    if not cells[document]:
        raise CorrectionError(f"move: {_label(text, document)} has nothing in this row")
    pushed = _alone(text, document, cells[document][-1:] if by > 0 else cells[document][:1])
    left, other = _without(cells, pushed), row + by
    beyond = not 0 <= other < len(text.rows)
    if beyond and not any(left):
        raise CorrectionError("move: there is no row further on, and nothing else in this one")
    received = pushed if beyond else _joined(_cells(text, other), pushed)
    made = (left, received) if by > 0 else (received, left)
    return _named(text, "move", *(cells for cells in made if any(cells)))


def unlink(text: ParallelText, row: int, document: int) -> Operation:
    """Take the version out of the row; what it says stands alone below."""
    cells = _cells(text, row)
    rest = _without(cells, _alone(text, document, cells[document]))
    if not cells[document]:
        raise CorrectionError(f"unlink: {_label(text, document)} has nothing in this row")
    if not any(rest):
        raise CorrectionError(f"unlink: {_label(text, document)} stands alone already")
    return _named(text, "unlink", rest)


def link(text: ParallelText, row: int, document: int, segments: tuple[int, ...]) -> Operation:
    """Take segments of a version into the row, from wherever they stand."""
    cells = _cells(text, row)
    if set(segments) <= set(cells[document]):
        raise CorrectionError("link: it is in this row already; go to another row first")
    if document == text.hub:
        raise CorrectionError(
            f"link: the rows follow {_label(text, document)}; link the other version to it"
        )
    return _named(text, "link", _joined(cells, _alone(text, document, segments)))


def confirm(text: ParallelText, row: int, document: int) -> Operation:
    """Say that the row is right."""
    return confirmed(text, (row,))


def confirmed(text: ParallelText, rows: Iterable[int]) -> Operation:
    """Say that rows are right."""
    new = [_cells(text, row) for row in rows if text.rows[row].status != "confirmed"]
    if not new:
        raise CorrectionError("confirm: it is confirmed already")
    return _named(text, "confirm", *new)


def release(text: ParallelText, row: int, document: int) -> Operation:
    """Take back what was said of the row: it may be aligned anew."""
    if text.rows[row].status == "auto":
        raise CorrectionError("release: nothing was said of this row")
    return _named(text, "release", _cells(text, row))


EDITS: Mapping[str, Edit] = {
    "merge": merge,
    "split": split,
    "pull-next": pull_next,
    "push-next": push_next,
    "pull-previous": pull_previous,
    "push-previous": push_previous,
    "unlink": unlink,
    "confirm": confirm,
    "release": release,
}


def _named(text: ParallelText, kind: Kind, *rows: Indices) -> Operation:
    return named(text.documents, kind, rows)


def _cells(text: ParallelText, row: int) -> Indices:
    return text.rows[row].segments


def _alone(text: ParallelText, document: int, segments: tuple[int, ...]) -> Indices:
    """Return segments of one version as a row."""
    return tuple(segments if d == document else () for d in range(len(text.documents)))


def _joined(a: Indices, b: Indices) -> Indices:
    return tuple(tuple(sorted({*one, *other})) for one, other in zip(a, b, strict=True))


def _without(a: Indices, b: Indices) -> Indices:
    return tuple(tuple(i for i in one if i not in out) for one, out in zip(a, b, strict=True))


def _label(text: ParallelText, document: int) -> str:
    return labels(text.documents)[document]
