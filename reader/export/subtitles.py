"""SubRip subtitles: the versions of a row in one cue, one under another."""

from collections.abc import Iterator

from reader.errors import ExportError
from reader.export.common import Exported
from reader.export.excerpt import Excerpt
from reader.printable import counted
from reader.subrip import shielded


def srt(excerpt: Excerpt) -> Exported:
    """Write a cue for each row that has a time, that of the leader or else of another version.

    A row of several cues lasts from the first to the last; rows from one cue share its time in
    proportion to their texts. Cues are in the order of their times.

    Raises:
        ExportError: no version has times.
    """
    if not any(document.cues for document in excerpt.documents):
        raise ExportError("srt: no version has times; open subtitles (.srt, .vtt) among the files")
    timed = []
    for index in range(len(excerpt.numbers)):
        times = (excerpt.time(index, d) for d in excerpt.order)
        if any(excerpt.cells[index]) and (time := next(filter(None, times), None)):
            begins, ends = time
            timed.append((begins, index, ends))
    timed.sort()
    notes = []
    if lack := len(excerpt.numbers) - len(timed):
        notes.append(f"{counted(lack, 'row', 'rows')} left out: no version of it has a time")
    cues, parted = [], 0
    for number, (begins, index, ends) in enumerate(timed, 1):
        lines = list(_lines(excerpt, index))
        shown = list(map(shielded, lines))
        parted += sum(a != b for a, b in zip(lines, shown, strict=True))
        body = "".join(f"{line}\n" for line in shown)
        cues.append(f"{number}\n{_stamp(begins)} --> {_stamp(ends)}\n{body}\n")
    if parted:
        texts = counted(parted, "text has", "texts have")
        notes.append(f"{texts} word joiners or wide braces where players would find markup")
    units = ((excerpt.cells[index][d] for d in excerpt.order) for _, index, _ in timed)
    written = tuple(tuple(filter(None, unit)) for unit in units)
    return Exported(written, (("", "".join(cues).encode()),), tuple(notes))


def _lines(excerpt: Excerpt, index: int) -> Iterator[str]:
    """Yield the lines of a cue."""
    for d in excerpt.order:
        if text := excerpt.cells[index][d]:
            yield text
            if machine := excerpt.pivot(index, d):
                yield f"[machine {excerpt.machine_tag}] {machine}"


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"
