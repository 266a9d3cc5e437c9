"""The commands that take documents."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from reader.cli.narrator import Narrator, say
from reader.cli.options import FILE, Asked, cache_folder, documents, machine, request
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.align.score import Beads
    from reader.model import ParallelText
    from reader.pipeline import Request
    from reader.tui.bidi import Bidi
    from reader.tui.desk import Desk

DEMO = tuple(
    Path(__file__).parents[1] / "demo" / name
    for name in ("harbour-post.txt", "diario-da-costa.txt", "morskoy-vestnik.txt")
)

keys_option = click.option(
    "--keys",
    type=FILE,
    metavar="FILE",
    help="Keys of your own, a TOML file (else keys.toml in the user's config folder).",
)


def run(asked: Request) -> ParallelText:
    """Run the pipeline with a progress bar, and print the notes of the text to stderr."""
    from reader import pipeline

    with Narrator() as narrator:
        parallel = pipeline.run(asked, pipeline.Watch(progress=narrator.progress))
    say(parallel.notes)
    return parallel


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of data."""
    for line in lines:
        print(line)


bidi_option = click.option(
    "--bidi",
    type=click.Choice(["auto", "on", "off"]),
    default="auto",
    help="Put right-to-left text in order here; off where the terminal does.",
)


@click.command("open")
@documents
@keys_option
@bidi_option
@click.option("--plain", is_flag=True, help="Print instead of opening the screen.")
def open_(plain: bool, keys: Path | None, bidi: Bidi, **asked: Unpack[Asked]) -> None:
    """Show files on the screen, or what was read lately.

    Where there is no screen, as in a pipe, the rows are printed; without files, of the last set.
    """
    chosen = request(asked) if asked["files"] else _again(asked["cache"], screen=_screen(plain))
    if chosen is not None:
        read(chosen, Display(plain, keys, bidi))


def _screen(plain: bool) -> bool:
    """Tell whether to open the screen: a terminal that is able to, and not `--plain`."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and not plain and os.environ.get("TERM") != "dumb"


def _draw_any_character() -> None:
    """Let the screen, which Textual writes to stderr, be in UTF-8; other locales lack its signs."""
    if isinstance(sys.__stderr__, io.TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8")


def _again(cache: Path, *, screen: bool) -> Request | None:
    """Return the request of a set opened before: chosen in the library, without a screen the last.

    None if the user leaves without a choice.
    """
    from reader import session

    visits = session.recent(cache)
    if not screen:
        if not visits:
            raise ReaderError("nothing to open yet; name files, or try `reader demo`")
        return visits[0].request
    from reader.pipeline import Request
    from reader.tui.library import DEMO as SHOW_DEMO
    from reader.tui.library import Library, Volume

    volumes = [
        Volume(
            names=tuple(path.name for path in visit.request.paths),
            languages=visit.place.languages,
            progress=visit.place.progress,
            opened=visit.opened,
            folder=_folder(visit.request.paths),
            missing=tuple(str(path) for path in visit.request.paths if not path.exists()),
        )
        for visit in visits
    ]
    library = Library(
        volumes,
        forget=lambda index: session.forget(visits[index].request),
        theme=theme(cache, os.environ),
    )
    _draw_any_character()
    chosen = library.run()
    if chosen == SHOW_DEMO:
        return Request(paths=DEMO, cache=cache)
    return None if chosen is None else visits[chosen].request


def theme(cache: Path, environment: Mapping[str, str]) -> str:
    """Return the theme chosen last, else a light one where the terminal says that it is light."""
    from reader import session

    # "15;0" as of rxvt, Konsole and iTerm2: foreground and background by their numbers in ANSI.
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return session.theme(cache) or ("textual-light" if background in {"7", "15"} else "")


def _folder(paths: Iterable[Path]) -> str:
    """Return the folder of all files, "" if there are several."""
    folders = {str(path.parent) for path in paths}
    return folders.pop() if len(folders) == 1 else ""


@dataclass(frozen=True, slots=True)
class Display:
    """How a set is to be shown."""

    plain: bool = False
    keys: Path | None = None
    """The reader's own; None for those of the config folder."""
    bidi: Bidi = "auto"


def read(asked: Request, display: Display) -> None:
    """Open a set on the screen, or print it."""
    from reader import session

    if not _screen(display.plain):
        from reader.export import plain as lines

        parallel = run(asked)
        print_lines(lines(parallel, annotations=session.annotations(asked.cache, parallel)))
        return
    from reader import pipeline
    from reader.tui.keys import load_keys

    # Before the screen opens, so that a wrong name is one line and not a screen.
    table = load_keys(display.keys)
    gc.disable()  # until there are rows: collecting would take longer than making them
    with Narrator() as narrator:
        loaded = pipeline.load(asked, pipeline.Watch(progress=narrator.progress))
    from reader.tui import bidi
    from reader.tui.app import ReaderApp

    desk = _desk(asked, loaded, bidi=bidi.reorders(display.bidi, os.environ))
    app = ReaderApp(desk, keys=table)
    _draw_any_character()
    with bidi.own_order(sys.stdout, desk.bidi and "VTE_VERSION" in os.environ):
        status = app.run()
    if status is None:  # Textual itself gave up
        status = app.return_code
    if app.crash:
        raise app.crash
    sys.exit(status)


def _desk(asked: Request, loaded: ParallelText, *, bidi: bool) -> Desk:
    """Return what the screen is given."""
    from reader import pipeline, session
    from reader.editor import Editor
    from reader.tui.desk import Desk

    editor = Editor(asked)
    return Desk(
        job=lambda *watch: editor.open(pipeline.Watch(*watch), loaded),
        editor=editor,
        title=", ".join(path.name for path in asked.paths),
        place=session.remember(asked),
        keep_place=lambda place: session.keep_place(asked, place),
        export=lambda parallel, path, options, overwrite: session.write(
            parallel,
            session.Destination(path, overwrite=overwrite, sources=asked.paths),
            options,
            verify=True,
        ),
        explain=session.explain,
        follow=session.follow,
        annotations=lambda parallel: session.annotations(asked.cache, parallel),
        annotate=lambda parallel, changed: session.annotate(asked.cache, parallel, changed),
        keep_theme=lambda name: session.keep_theme(asked.cache, name),
        theme=theme(asked.cache, os.environ),
        pivot_language=asked.pivot,
        bidi=bidi,
    )


@click.command("print")
@documents
@machine
@click.option("--noted", is_flag=True, help="Only rows with a star or a note.")
def print_(machine: bool, noted: bool, **asked: Unpack[Asked]) -> None:
    """Print what the screen shows, line after line."""
    from reader import session
    from reader.export import plain

    chosen = replace(request(asked), machine=machine)
    parallel = run(chosen)
    annotations = session.annotations(chosen.cache, parallel)
    if noted and not annotations:
        say(["no row has a star or a note; s and i on the screen give them"])
    pivot = chosen.pivot if machine else ""
    print_lines(plain(parallel, machine=pivot, annotations=annotations, noted=noted))


@click.command()
@documents
@click.option("--json", "as_json", is_flag=True, help="Print an object for programs.")
def stats(as_json: bool, **asked: Unpack[Asked]) -> None:
    """Account for every character, and count rows by type."""
    import json

    from reader import ledger

    parallel = run(request(asked))
    if as_json:
        print(json.dumps(ledger.data(parallel), ensure_ascii=False, indent=1))
    else:
        print_lines(ledger.lines(parallel))
    lost = [
        document.name
        for d, document in enumerate(parallel.documents)
        if not ledger.ledger(parallel, d).adds_up
    ]
    if lost:
        raise ReaderError(f"{', '.join(lost)}: characters were lost; please report this")


@click.command()
@documents
def translate(**asked: Unpack[Asked]) -> None:
    """Print sentences in English, one a line, in order."""
    from reader import pipeline
    from reader.printable import printable

    chosen = request(asked)
    with Narrator() as narrator:
        loaded, pivots = pipeline.translate(chosen, pipeline.Watch(progress=narrator.progress))
    say(f"{document.name}: {note}" for document in loaded for note in document.notes)
    print_lines(printable(pivot.text) for column in pivots for pivot in column)
    suspects = sum(pivot.suspect is not None for column in pivots for pivot in column)
    if suspects:
        say([f"{suspects} of {sum(map(len, pivots))} sentences look badly translated"])


@click.command()
@click.option("--plain", is_flag=True, help="Print instead of opening the screen.")
@keys_option
@bidi_option
@cache_folder
def demo(plain: bool, keys: Path | None, bidi: Bidi, cache: Path) -> None:
    """Show three reports of one invented event."""
    from reader.pipeline import Request

    read(Request(paths=DEMO, cache=cache), Display(plain, keys, bidi))


@click.command()
@click.argument("predicted", type=FILE, metavar="PRED")
@click.argument("gold", type=FILE, metavar="GOLD")
def score(predicted: Path, gold: Path) -> None:
    """Measure an alignment against the right one.

    Either is a file of lines such as [0, 1]:[2], counted from 0, or a .jsonl export of two files.
    """
    from reader.align.score import parse, report
    from reader.formats import read_bytes

    def beads(path: Path) -> Beads:
        return parse(read_bytes(path).decode("utf-8-sig", "replace"), str(path))

    found = beads(predicted)
    print_lines(report(beads(gold), found))
