"""Exports: a parallel text as files for other programs, one function for each format.

    selection   which rows and versions the user wants
    excerpt     ParallelText + selection ─▶ Excerpt, which every format writes
    EXPORTERS   Excerpt ─▶ bytes: tables, tmx, xliff, moses, jsonl, html, epub, cards, subtitles
    readback    bytes ─▶ the texts in them, for `check`
    plain       ParallelText ─▶ lines for `reader print`
    common, clock, pages   what formats share: options, clean text; times; markup of rows

Equal input gives equal bytes, which the programs they are for read back as the same text. Exports
hold the originals; machine translations are added on request and marked in the format's own way.
Nothing here writes to disk. A new format is a function and an entry of `EXPORTERS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from reader.errors import ExportError
from reader.export import readback
from reader.export.cards import anki
from reader.export.common import Exported, Options, Unit, clean
from reader.export.epub import epub
from reader.export.excerpt import Excerpt, select
from reader.export.html import html
from reader.export.jsonl import jsonl
from reader.export.moses import moses
from reader.export.plain import plain
from reader.export.readback import Files
from reader.export.selection import Selection
from reader.export.subtitles import srt
from reader.export.tables import csv_, markdown, sheet, sketch, tsv
from reader.export.tmx import tmx
from reader.export.xliff import xliff, xliff2
from reader.model import ParallelText
from reader.printable import counted

__all__ = [
    "EXPORTERS",
    "Exported",
    "Exporter",
    "Options",
    "Selection",
    "check",
    "export",
    "format_of",
    "plain",
    "select",
    "targets",
]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: how it is written and read back, and how it is chosen and described."""

    write: Callable[[Excerpt], Exported]
    read: Callable[[Files], list[Unit]]
    suffixes: tuple[str, ...]
    """Ends of file names, lower case; the first one is suggested."""
    about: str
    """A description of one line, as in the README's table."""
    unit: str = "row"
    """The noun for its units."""
    notes: bool = True
    """Whether it has a place for the reader's notes."""


EXPORTERS: dict[str, Exporter] = {
    "tmx": Exporter(
        tmx, readback.tmx, (".tmx",),
        "TMX 1.4b, translation memories: a unit for each row with two languages",
        "unit",
    ),
    "xliff": Exporter(
        xliff, readback.xliff, (".xlf", ".xliff"),
        "XLIFF 1.2, translation tools: a file element for each pair",
        "unit",
    ),
    "xliff2": Exporter(
        xliff2, readback.xliff2, (".v2.xlf",),
        "XLIFF 2.0: a document for each pair",
        "unit",
    ),
    "tsv": Exporter(
        tsv, readback.tsv, (".tsv",),
        "a column for each version, headed by its BCP 47 code; no quoting",
    ),
    "csv": Exporter(csv_, readback.csv_, (".csv",), "the same, quoted: for pandas, R, databases"),
    "sheet": Exporter(
        sheet, readback.sheet, (".sheet.tsv",),
        "the same for spreadsheets: no cell is taken for a formula",
    ),
    "sketch": Exporter(
        sketch, readback.sketch, (".sketch.tsv",),
        "Sketch Engine: texts alone, under the names of their languages",
        notes=False,
    ),
    "moses": Exporter(
        moses, readback.moses, (".moses",),
        "a file for each language of each pair, line by line, and one of row numbers",
        "line", notes=False,
    ),
    "jsonl": Exporter(
        jsonl, readback.jsonl, (".jsonl",),
        "a header line, then an object for each row; spans count characters of the source",
    ),
    "html": Exporter(html, readback.html, (".html", ".htm"), "a web page, for phone and desk"),
    "epub": Exporter(epub, readback.epub, (".epub",), "EPUB 3, for reading devices"),
    "anki": Exporter(
        anki, readback.anki, (".anki.txt",),
        "Anki cards, one for each pair; importing again updates them",
        "card",
    ),
    "srt": Exporter(
        srt, readback.srt, (".srt",),
        "subtitles: all versions in a cue, timed as one of them is",
        "cue", notes=False,
    ),
    "markdown": Exporter(markdown, readback.markdown, (".md",), "a table, for notes and issues"),
}  # fmt: skip


def format_of(path: PurePath) -> str:
    """Return the format with the longest suffix that a file name ends in.

    Raises:
        ExportError: no exporter has that suffix.
    """
    fitting = {
        suffix: name
        for name, exporter in EXPORTERS.items()
        for suffix in exporter.suffixes
        if path.name.lower().endswith(suffix)
    }
    if not fitting:
        known = dict.fromkeys(exporter.suffixes[0] for exporter in EXPORTERS.values())
        raise ExportError(
            f"{path}: no export format has the suffix {path.suffix!r}; use {_listed(known)}, "
            "or name one with --format"
        )
    return fitting[max(fitting, key=len)]


def export(parallel: ParallelText, name: str, options: Options | None = None) -> Exported:
    """Write a parallel text in the format called `name`.

    Raises:
        ExportError: there is no such format, it cannot hold this text, or nothing is selected.
    """
    if name not in EXPORTERS:
        raise ExportError(f"format {name!r}: not known; use {_listed(EXPORTERS)}")
    options = options or Options()
    excerpt, notes = select(parallel, options.selection)
    language = options.pivot_language
    machine = language if options.pivot else ""
    excerpt = replace(excerpt, pivot_language=language, machine=machine)
    if options.notes and EXPORTERS[name].notes:
        added = tuple(clean(options.notes.get(number - 1, "")) for number in excerpt.numbers)
        excerpt = replace(excerpt, notes=added)
    elif lack := sum(number - 1 in options.notes for number in excerpt.numbers):
        notes += (f"{counted(lack, 'note', 'notes')} left out: {name} has no place for them",)
    exported = EXPORTERS[name].write(excerpt)
    if name != "jsonl":  # it has room for both
        notes += tuple(_not_written(excerpt))
    return replace(exported, notes=notes + exported.notes)


def _not_written(excerpt: Excerpt) -> Iterator[str]:
    """Yield a line for each kind of content that the format cannot hold."""
    if skipped := sum(len(doc.segments) - len(doc.kept) for doc in excerpt.documents):
        segments = counted(skipped, "skipped segment", "skipped segments")
        yield f"{segments} left out: repeats and what is not the text"
    if controls := excerpt.controls():
        yield f"{counted(controls, 'control character', 'control characters')} removed"


def check(exported: Exported, name: str, files: Files) -> None:
    """Read files back with a parser that is not ours, and compare the result.

    Raises:
        ExportError: the files do not hold the units of the export.
    """
    try:
        found = EXPORTERS[name].read(files)
    except Exception as error:
        raise ExportError(f"{name}: does not read back ({error}); please report this") from error
    for k, (unit, wanted) in enumerate(zip(found, exported.units, strict=False), 1):
        if unit != wanted:
            raise ExportError(f"{name}: unit {k} reads back as {unit!r}; please report this")
    if len(found) != len(exported.units):
        raise ExportError(
            f"{name}: {len(found)} of {len(exported.units)} units read back; please report this"
        )


def targets(path: PurePath, name: str, exported: Exported) -> list[PurePath]:
    """Return the paths of an export's files: the one given, or several derived from it."""
    suffix = max(
        (s for s in EXPORTERS[name].suffixes if path.name.lower().endswith(s)),
        key=len,
        default="",
    )
    stem = path.name[: len(path.name) - len(suffix)]
    return [path.with_name(stem + ending) if ending else path for ending, _ in exported.files]


def _listed(names: dict[str, object] | dict[str, Exporter]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"
