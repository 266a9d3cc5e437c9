"""Rows as files for other programs: a table of functions, one for each format.

Each gives bytes that are equal for equal input and that its consumers read back as the same text.
Originals only; the machine's pivot text goes in on request and is marked in the format's own way.
Nothing here writes to disk.
"""

from collections.abc import Callable
from pathlib import PurePath

from reader.errors import ExportError
from reader.export.common import Exported, Options
from reader.export.jsonl import jsonl
from reader.export.plain import plain
from reader.export.tmx import tmx
from reader.export.tsv import tsv
from reader.model import ParallelText

__all__ = ["EXPORTERS", "Exported", "Options", "export", "format_of", "plain"]

Exporter = Callable[[ParallelText, Options], Exported]

EXPORTERS: dict[str, Exporter] = {"tsv": tsv, "jsonl": jsonl, "tmx": tmx}


def format_of(path: PurePath) -> str:
    """Return the format that a file name's suffix asks for.

    Raises:
        ExportError: no exporter has that suffix.
    """
    name = path.suffix.lower().removeprefix(".")
    if name not in EXPORTERS:
        raise ExportError(
            f"{path}: no export format has the suffix {path.suffix!r}; "
            f"use {_listed(EXPORTERS)}, or name one with --format"
        )
    return name


def export(parallel: ParallelText, name: str, options: Options | None = None) -> Exported:
    """Write a parallel text in the format called `name`.

    Raises:
        ExportError: there is no such format, or it cannot hold this text.
    """
    if name not in EXPORTERS:
        raise ExportError(f"format {name!r}: not known; use {_listed(EXPORTERS)}")
    return EXPORTERS[name](parallel, options or Options())


def _listed(names: dict[str, Exporter]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"
