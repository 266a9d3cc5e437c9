"""The rows as plain lines for pipes, dumb terminals and screen readers.

No boxes, colours or columns: each line begins with the label of its version. Row numbers are those
of the screen.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from types import MappingProxyType

from reader.annotations import Annotations, annotated_segments
from reader.facts import differing_numbers
from reader.model import ParallelText, labels
from reader.printable import counted, printable


def plain(
    parallel: ParallelText,
    *,
    machine: str = "",
    annotations: Annotations = MappingProxyType({}),
    noted: bool = False,
) -> Iterator[str]:
    """Yield the whole text as lines without line ends; control characters become signs.

    A row is a line with its number, confidence and star, a line for each version that is in it,
    then skipped segments with their reason, the numbers that differ, notes, and an empty line.

    Args:
        parallel: the text.
        machine: the pivot language, to add machine translations under the originals; "" for none.
        annotations: the stars and notes to show.
        noted: whether to leave out rows without a star or a note.
    """
    names = labels(parallel.documents)
    for d, document in enumerate(parallel.documents):
        size = counted(len(document.segments), "segment", "segments")
        yield f"{names[d]}: {printable(document.name)}, {size}"
    yield ""
    for index, row in enumerate(parallel.rows):
        here = [annotations[at] for at in annotated_segments(parallel, index, annotations)]
        if noted and not here:
            continue
        star = "starred" if any(annotation.star for annotation in here) else ""
        words = ", ".join(filter(None, (*_level(parallel, index, names), star)))
        yield f"[{index + 1}] {words}".rstrip()
        for d, name in enumerate(names):
            if row.segments[d]:
                moved = " (from elsewhere)" if d in row.moved else ""
                yield f"{name}{moved}: {printable(parallel.text(index, d))}"
                if machine and parallel.documents[d].language != machine:
                    yield f"  machine: {printable(parallel.pivot(index, d))}"
            yield from _skipped(parallel, index, d, name)
        yield from _numbers(parallel, index, names)
        yield from (f"  note: {printable(each.note)}" for each in here if each.note)
        yield ""
    if not parallel.rows:
        for d, name in enumerate(names):
            yield from _skipped(parallel, 0, d, name)


def _level(parallel: ParallelText, index: int, names: Sequence[str]) -> Iterator[str]:
    """Yield how sure a row is and which versions have it; of a single version nothing."""
    row = parallel.rows[index]
    alone, corrected = len(row.present) < 2, row.status != "auto"
    if corrected:
        yield row.status
    elif not alone:
        yield f"{row.confidence.word} {row.score:.2f}"
    if alone and len(names) > 1:
        yield f"only {names[row.present[0]]}"
    elif len(row.present) < len(names):
        yield f"nothing in {', '.join(names[d] for d in range(len(names)) if not row.segments[d])}"


def _numbers(parallel: ParallelText, index: int, names: Sequence[str]) -> Iterator[str]:
    """Yield a line that lists the numbers on which versions differ, if there are any."""
    found = differing_numbers(parallel, index, range(len(names)))
    numbers = (
        f"{names[d]} {' '.join(parallel.text(index, d)[start:stop] for start, stop in spans)}"
        for d, spans in found.items()
    )
    if found:
        yield f"  numbers differ: {printable(', '.join(numbers))}"


def _skipped(parallel: ParallelText, index: int, d: int, name: str) -> Iterator[str]:
    """Yield a line for each run of skipped segments with one reason, such as those of a menu."""
    document = parallel.documents[d]

    def reason(i: int) -> str:
        skip = document.segments.skips[i]
        if skip.of is None:
            return skip.detail
        row = parallel.row_of[d].get(skip.of)
        return "repeats an earlier passage" if row is None else f"repeats row {row + 1}"

    for why, indices in groupby(parallel.folded(index, d), reason):
        texts = [printable(document.sentence(i)) for i in indices]
        count = f"{len(texts)} " if len(texts) > 1 else ""
        yield f"  {name}, {count}skipped, {why}: {' | '.join(texts)}"
