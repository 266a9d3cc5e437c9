"""Moses pairs: a file for each language, line by line, as machine translation is trained on."""

from reader.export.common import Exported, Unit, counted
from reader.export.excerpt import Excerpt


def moses(excerpt: Excerpt) -> Exported:
    """Write a set of files of equal length for each pair: texts, and an ``.ids`` that says whence.

    Complete rows of three versions and more make one set of all. No line of a text is empty, since
    a cleaner that drops it on one side shifts all that follows. A line of ``.ids`` is the number,
    score and status of its row.
    """
    versions = tuple(range(len(excerpt.documents)))
    whole = excerpt.chosen.complete and not excerpt.chosen.pairs
    units: list[Unit] = []
    files: list[tuple[str, bytes]] = []
    notes = []
    for group in (versions,) if whole else excerpt.pairs:
        names = [excerpt.names[d] for d in group]
        held = [row for row in excerpt.rows() if all(excerpt.cells[row[0]][d] for d in group)]
        columns = {
            name: [excerpt.cells[index][d] for index, _, _ in held]
            for name, d in zip(names, group, strict=True)
        }
        units += zip(*columns.values(), strict=True)
        columns["ids"] = [f"{number}\t{row.score:.3f}\t{row.status}" for _, number, row in held]
        for name, d in zip(names, group, strict=True):
            if excerpt.has_pivot(d):
                machine = [excerpt.pivot(index, d) for index, _, _ in held]
                columns[f"{name}.machine-{excerpt.machine_tag}"] = machine
        together = "-".join(names)
        files += [
            (f".{together}.{ending}", "".join(f"{line}\n" for line in lines).encode())
            for ending, lines in columns.items()
        ]
        if lack := len(excerpt.numbers) - len(held):
            rows = counted(lack, "row", "rows")
            notes.append(f"{rows} left out of {together}: a line needs a text in each language")
    return Exported(tuple(units), tuple(files), tuple(notes))
