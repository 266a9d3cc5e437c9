"""Moses files, on which machine translation is trained: one for each language, line by line."""

from collections.abc import Iterator, Sequence

from reader.errors import ExportError
from reader.export.common import Exported, Unit
from reader.export.excerpt import Excerpt
from reader.printable import counted


def moses(excerpt: Excerpt) -> Exported:
    """Write a set of files of equal length for each pair; the file ``.ids`` tells the rows.

    With a selection of complete rows there is one set for all versions. No line of a text is empty,
    since a program that drops it on one side would shift all that follow. A line of ``.ids`` is
    number, score and status of a row.

    Raises:
        ExportError: no row has a text in each language of a set.
    """
    versions = tuple(range(len(excerpt.documents)))
    whole = excerpt.selection.complete and not excerpt.selection.pairs
    units: list[Unit] = []
    files: list[tuple[str, bytes]] = []
    notes = []
    for group in (versions,) if whole else excerpt.pairs:
        held = [index for index, cells in enumerate(excerpt.cells) if all(cells[d] for d in group)]
        together = "-".join(excerpt.names[d] for d in group)
        if lack := len(excerpt.numbers) - len(held):
            rows = counted(lack, "row", "rows")
            notes.append(f"{rows} left out of {together}: a line needs a text in each language")
        if held:
            units += (tuple(excerpt.cells[index][d] for d in group) for index in held)
            files += (
                (f".{together}.{ending}", "".join(f"{line}\n" for line in lines).encode())
                for ending, lines in _columns(excerpt, group, held)
            )
    if not files:
        raise ExportError("moses: no row has a text in two languages; use jsonl or tsv")
    return Exported(tuple(units), tuple(files), tuple(notes))


def _columns(
    excerpt: Excerpt, group: Sequence[int], held: Sequence[int]
) -> Iterator[tuple[str, list[str]]]:
    """Yield (ending, lines) of the files of a set."""
    for d in group:
        yield excerpt.names[d], [excerpt.cells[index][d] for index in held]
    rows = [(excerpt.numbers[index], excerpt.parallel.rows[index]) for index in held]
    yield "ids", [f"{number}\t{row.score:.3f}\t{row.status}" for number, row in rows]
    for d in group:
        if excerpt.has_pivot(d):
            ending = f"{excerpt.names[d]}.machine-{excerpt.machine_tag}"
            yield ending, [excerpt.pivot(index, d) for index in held]
