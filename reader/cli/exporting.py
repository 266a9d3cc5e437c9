"""`reader align`: align files and export the selected rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from reader.cli.narrator import say
from reader.cli.options import Asked, documents, machine, request
from reader.cli.reading import run
from reader.errors import ExportError

if TYPE_CHECKING:
    from reader.export import Options, Selection
    from reader.model import ParallelText


FORMATS = (
    *("tmx", "xliff", "xliff2", "tsv", "csv", "sheet", "sketch", "moses", "jsonl", "html", "epub"),
    *("anki", "srt", "markdown"),
)
"""The names of `EXPORTERS`, which is slow to import."""


class AskedRows(Asked):
    """The values of the options of `documents` and `rows`."""

    confirmed: bool
    starred: bool
    complete: bool
    pairs: str | None
    types: str | None
    rows: str | None


def rows(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that a `Selection` is made of, see `selection`."""
    for option in (
        click.option("--rows", metavar="10-200", help="Only these rows, numbered as on screen."),
        click.option("--types", metavar="1-1", help="Only rows with so many sentences a version."),
        click.option("--pairs", metavar="pt-en", help="Only these versions, in this order."),
        click.option("--complete", is_flag=True, help="Only rows that every version has."),
        click.option("--starred", is_flag=True, help="Only rows with a star."),
        click.option("--confirmed", is_flag=True, help="Only rows confirmed or edited by hand."),
    ):
        command = option(command)
    return command


def selection(asked: AskedRows) -> Selection:
    """Make a selection from the options of `rows`.

    Raises:
        click.UsageError: a list is not written correctly.
    """
    from reader.export import Selection
    from reader.export.selection import pairs_of, rows_of, types_of

    try:
        return Selection(
            min_score=asked["min_score"] or 0.0,
            confirmed=asked["confirmed"],
            complete=asked["complete"],
            pairs=pairs_of(asked["pairs"] or ""),
            types=types_of(asked["types"] or ""),
            rows=rows_of(asked["rows"] or ""),
        )
    except ExportError as error:
        raise click.UsageError(str(error)) from error


@click.command()
@documents
@rows
@click.option(
    "-o", "--output", "out", required=True, metavar="OUT", help="File to write; - is stdout."
)
@click.option(
    "--format",
    "name",
    type=click.Choice(FORMATS),
    metavar="NAME",
    help=f"{', '.join(FORMATS)}; otherwise the suffix of OUT decides.",
)
@click.option("--check", "verify", is_flag=True, help="Read the file back before saying so.")
@click.option("--notes", is_flag=True, help="With what you noted on rows.")
@machine
def align(
    out: str, name: str | None, verify: bool, notes: bool, machine: bool, **asked: Unpack[AskedRows]
) -> None:
    """Align and export, without the screen."""
    from reader import session
    from reader.annotations import notes_by_row, starred_rows
    from reader.export import Options, format_of

    chosen = replace(request(asked), machine=machine)
    wanted = selection(asked)
    if out == "-" and name is None:
        raise click.UsageError("stdout has no suffix; name a format with --format")
    if Path(out).resolve() in {path.resolve() for path in chosen.paths}:
        raise click.UsageError(f"{out!r} is one of the documents; name another file with -o")
    # Before the work, not after.
    if name is None:
        format_of(Path(out))
    if not Path(out).parent.is_dir():
        raise ExportError(f"{out}: cannot be written (no such folder); name another file")
    if Path(out).is_dir():
        raise ExportError(f"{out}: cannot be written (a folder); name a file in it")
    parallel = run(chosen)
    needed = notes or asked["starred"]
    annotations = session.annotations(chosen.cache, parallel) if needed else {}
    if asked["starred"]:
        wanted = replace(wanted, starred=starred_rows(parallel, annotations))
    noted = notes_by_row(parallel, annotations) if notes else {}
    options = Options(wanted, machine, chosen.pivot, noted)
    if out == "-":
        say(_to_stdout(parallel, name or "", options, verify=verify))
    else:
        destination = session.Destination(Path(out), name, sources=chosen.paths)
        say(session.write(parallel, destination, options, verify=verify))


def _to_stdout(
    parallel: ParallelText, name: str, options: Options, *, verify: bool
) -> tuple[str, ...]:
    from reader.export import check, export

    exported = export(parallel, name, options)
    if len(exported.files) > 1 or exported.files[0][0]:
        raise ExportError(f"{name}: makes several files; name one with -o that they are called by")
    if verify:
        check(exported, name, exported.files)
    sys.stdout.buffer.write(exported.files[0][1])
    return exported.notes
