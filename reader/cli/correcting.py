"""`reader corrections`: write the corrections of files as a text, and apply such a text."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from reader.cli.narrator import Narrator, say
from reader.cli.options import Asked, documents, request
from reader.errors import CorrectionError
from reader.printable import counted

if TYPE_CHECKING:
    from reader.corrections import CorrectedRows


@click.group()
def corrections() -> None:
    """Write your corrections as a text, or apply such a text."""


@corrections.command()
@documents
@click.option("-o", "--output", "out", default="-", metavar="OUT", help="Otherwise stdout.")
def export(out: str, **asked: Unpack[Asked]) -> None:
    """Write what was corrected in files, one row a line."""
    from reader import pipeline, session
    from reader.corrections.listing import write
    from reader.writing import put

    chosen = request(asked)
    with Narrator() as narrator:
        watch = pipeline.Watch(progress=narrator.progress)
        loaded = pipeline.load(chosen, watch)
        rows, earlier = session.corrections(chosen, loaded, watch)
    data = write(loaded.documents, rows, earlier).encode()
    if out == "-":
        sys.stdout.buffer.write(data)
    else:
        put([(Path(out), data)])
    say([f"{_counted(rows)} written"])


@corrections.command("apply")
@documents
@click.option("-i", "--input", "source", default="-", metavar="IN", help="Otherwise stdin.")
def apply_(source: str, **asked: Unpack[Asked]) -> None:
    """Apply a text of corrections to files; what stands already stays."""
    from reader import pipeline
    from reader.corrections import operations_for
    from reader.corrections.listing import read
    from reader.editor import Editor

    text = _read(source)
    editor = Editor(request(asked))
    with Narrator() as narrator:
        parallel = editor.open(pipeline.Watch(narrator.progress))
    try:
        rows = read(text, parallel.documents)
    except CorrectionError as error:
        raise CorrectionError(f"{source}: {error}") from error
    known = editor.corrected_rows
    new = {cells: status for cells, status in rows.items() if known.get(cells) != status}
    if new:
        editor.do(*operations_for(new))
    say([f"{_counted(rows)} read, {len(new)} of them new; undo takes them back"])


def _read(source: str) -> str:
    from reader.formats import read_bytes

    data = sys.stdin.buffer.read() if source == "-" else read_bytes(Path(source))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{source}: no UTF-8; it is no list of corrections") from error


def _counted(rows: CorrectedRows) -> str:
    found = Counter(rows.values())
    size = counted(len(rows), "row", "rows")
    return f"{size} ({found['edited']} edited, {found['confirmed']} confirmed)"
