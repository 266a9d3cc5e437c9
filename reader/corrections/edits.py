"""The ways to correct a row: merge, split, move, unlink, link, confirm, release.

Each function takes the text, a row and the document in focus, and returns the operation; it changes
nothing itself. What makes no sense for the row raises a `CorrectionError` that says why.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping

from reader.corrections.operations import Indices, Kind, Operation, make_operation
from reader.errors import CorrectionError
from reader.model import ParallelText, labels

Edit = Callable[[ParallelText, int, int], Operation]
"""(text, row, document in focus) -> operation."""


def merge(text: ParallelText, row: int, document: int) -> Operation:
    """Merge a row with the next."""
    if row + 1 == len(text.rows):
        raise CorrectionError("merge: this is the last row; there is none below it")
    return _operation(text, "merge", _union(_cells(text, row), _cells(text, row + 1)))


def split(text: ParallelText, row: int, document: int) -> Operation:
    """Keep the first sentence of each version, and make a row below of the others."""
    cells = _cells(text, row)
    if all(len(cell) < 2 for cell in cells):
        raise CorrectionError("split: no version has two sentences here; it can be unlinked")
    return _operation(text, "split", tuple(c[:1] for c in cells), tuple(c[1:] for c in cells))


def pull_next(text: ParallelText, row: int, document: int) -> Operation:
    """Take the version's next sentence into the row."""
    return _pull(text, row, document, 1)


def pull_previous(text: ParallelText, row: int, document: int) -> Operation:
    """Take the version's previous sentence into the row."""
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
    taken = _only(text, document, (kept[k],))
    return _operation(text, "move", _union(_cells(text, row), taken))


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
    pushed = _only(text, document, cells[document][-1:] if by > 0 else cells[document][:1])
    left, other = _difference(cells, pushed), row + by
    beyond = not 0 <= other < len(text.rows)
    if beyond and not any(left):
        raise CorrectionError("move: there is no row further on, and nothing else in this one")
    received = pushed if beyond else _union(_cells(text, other), pushed)
    made = (left, received) if by > 0 else (received, left)
    return _operation(text, "move", *(cells for cells in made if any(cells)))


def unlink(text: ParallelText, row: int, document: int) -> Operation:
    """Take the version out of the row; its sentences stand alone in a row below."""
    cells = _cells(text, row)
    if not cells[document]:
        raise CorrectionError(f"unlink: {_label(text, document)} has nothing in this row")
    rest = _difference(cells, _only(text, document, cells[document]))
    if not any(rest):
        raise CorrectionError(f"unlink: {_label(text, document)} stands alone already")
    return _operation(text, "unlink", rest)


def link(text: ParallelText, row: int, document: int, segments: tuple[int, ...]) -> Operation:
    """Take segments of a version into the row, wherever they stand now."""
    cells = _cells(text, row)
    if set(segments) <= set(cells[document]):
        raise CorrectionError("link: it is in this row already; go to another row first")
    if document == text.hub:
        raise CorrectionError(
            f"link: the rows follow {_label(text, document)}; link the other version to it"
        )
    return _operation(text, "link", _union(cells, _only(text, document, segments)))


def confirm(text: ParallelText, row: int, document: int) -> Operation:
    """Confirm that the row is right."""
    return confirm_rows(text, (row,))


def confirm_rows(text: ParallelText, rows: Iterable[int]) -> Operation:
    """Confirm that rows are right; those that are confirmed already are left out."""
    new = [_cells(text, row) for row in rows if text.rows[row].status != "confirmed"]
    if not new:
        raise CorrectionError("confirm: it is confirmed already")
    return _operation(text, "confirm", *new)


def release(text: ParallelText, row: int, document: int) -> Operation:
    """Give a corrected row back to the aligner."""
    if text.rows[row].status == "auto":
        raise CorrectionError("release: nothing was said of this row")
    return _operation(text, "release", _cells(text, row))


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


def _operation(text: ParallelText, kind: Kind, *rows: Indices) -> Operation:
    return make_operation(text.documents, kind, rows)


def _cells(text: ParallelText, row: int) -> Indices:
    return text.rows[row].segments


def _only(text: ParallelText, document: int, segments: tuple[int, ...]) -> Indices:
    """Return segments of one version as a row."""
    return tuple(segments if d == document else () for d in range(len(text.documents)))


def _union(a: Indices, b: Indices) -> Indices:
    return tuple(tuple(sorted({*one, *other})) for one, other in zip(a, b, strict=True))


def _difference(a: Indices, b: Indices) -> Indices:
    return tuple(tuple(i for i in one if i not in out) for one, out in zip(a, b, strict=True))


def _label(text: ParallelText, document: int) -> str:
    return labels(text.documents)[document]
