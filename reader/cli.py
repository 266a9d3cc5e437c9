"""The command line: arguments in, one call, lines out.

stdout is data, stderr is narration. Nothing heavy is imported before a command needs it, so that
`reader --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from reader.errors import FormatError, Interrupted, ReaderError
from reader.narrator import Narrator, say

if TYPE_CHECKING:
    from reader.model import Mode, ParallelText
    from reader.pipeline import Request


DEMO = tuple(
    Path(__file__).parent / "demo" / name
    for name in ("harbour-post.txt", "diario-da-costa.txt", "morskoy-vestnik.txt")
)


class Commands(click.Group):
    """A group whose first argument may be a file or an option of `open`: then `open` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command where the user did not."""
        if not args or args[0] not in {*self.commands, "--help", "--version"}:
            args = ["open", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands, context_settings={"max_content_width": 100})
@click.version_option(package_name="parallel-reader", prog_name="reader")
def commands() -> None:
    """Read versions of one story side by side, aligned sentence by sentence, offline.

    `reader FILES...` opens them on the screen; `reader` alone opens what was open last.
    """


def default_cache() -> Path:
    """Return the folder to keep things in: `cache/` of a checkout, else the user's data folder."""
    checkout = Path(__file__).parent.parent
    if (checkout / "pyproject.toml").is_file() and os.access(checkout / "cache", os.W_OK):
        return checkout / "cache"
    from platformdirs import user_data_path

    return user_data_path("parallel-reader")


MODES: dict[str, Mode | None] = {
    "auto": None,
    "parallel": "parallel",
    "comparable": "comparable",
}

cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path),
    envvar="READER_CACHE",
    default=default_cache,
    help="Folder of packages and of what is kept (or READER_CACHE).",
)
out_format = click.option("--format", "name", metavar="NAME", help="tsv, jsonl or tmx.")
machine = click.option("--machine", is_flag=True, help="With the machine's English, marked.")


def documents(command: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options that a `Request` is made of, see `request`."""
    for option in (
        cache_option,
        click.option("--min-score", type=click.FloatRange(0, 1), help="Least score of a pair."),
        click.option("--pivot", default="en", metavar="CODE", help="Language to compare in."),
        click.option("--hub", metavar="FILE", help="The file whose order the rows follow."),
        click.option(
            "--mode",
            type=click.Choice(list(MODES)),
            default="auto",
            help="Translations of one text, or reports of one event.",
        ),
        click.option("--segmented", is_flag=True, help="Each line is one sentence already."),
        click.option(
            "--lang", multiple=True, metavar="FILE=CODE", help="Language of a file; repeatable."
        ),
        click.argument("files", nargs=-1, type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


class Asked(TypedDict):
    """What `documents` parses."""

    files: tuple[Path, ...]
    lang: tuple[str, ...]
    segmented: bool
    mode: str
    hub: str | None
    pivot: str
    min_score: float | None
    cache: Path


def request(asked: Asked) -> Request:
    """Make a request of what `documents` parsed.

    Raises:
        click.UsageError: an option names a file that is not among `files`.
        LanguageError: a code is not known.
    """
    from reader.languages import from_tag
    from reader.pipeline import Request

    files = asked["files"]
    if not files:
        raise click.UsageError("no files given; name the versions to read")
    languages = {}
    for assignment in asked["lang"]:
        name, equals, tag = assignment.rpartition("=")
        if not equals:
            raise click.UsageError(f"--lang {assignment!r}: write it as FILE=CODE")
        languages[files[_index(files, name, "--lang")]] = from_tag(tag)
    return Request(
        paths=files,
        cache=asked["cache"],
        languages=languages,
        segmented=asked["segmented"],
        mode=MODES[asked["mode"]],
        hub=_index(files, asked["hub"], "--hub") if asked["hub"] else 0,
        pivot=from_tag(asked["pivot"]),
        min_score=asked["min_score"],
    )


def _index(files: tuple[Path, ...], name: str, option: str) -> int:
    for names in (list(files), [Path(file.name) for file in files]):
        if Path(name) in names:
            return names.index(Path(name))
    raise click.UsageError(
        f"{option}: {name!r} is not among the files; they are {', '.join(map(str, files))}"
    )


def run(asked: Request) -> ParallelText:
    """Do the job with a progress bar, and say what the reader should know of it."""
    from reader import pipeline

    with Narrator() as narrator:
        parallel = pipeline.run(asked, pipeline.Watch(progress=narrator.progress))
    say(parallel.notes)
    return parallel


def put(lines: Iterable[str]) -> None:
    """Print lines of data."""
    for line in lines:
        print(line)


@commands.command("open")
@documents
@click.option("--plain", is_flag=True, help="Print instead of opening the screen.")
def open_(plain: bool, **asked: Unpack[Asked]) -> None:
    """Show files on the screen; alone: those of last time."""
    from reader import session

    chosen = request(asked) if asked["files"] else session.last(asked["cache"])
    if chosen is None:
        raise FormatError("nothing to open yet; name files, or try `reader demo`")
    read(chosen, plain=plain)


def read(asked: Request, *, plain: bool = False) -> None:
    """Show a set on the screen, or print it where there is no screen to speak of."""
    from reader import session

    screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if plain or not screen:
        from reader.export import plain as lines

        put(lines(run(asked)))
        return
    from reader import pipeline

    # Before the screen opens, so that a wrong name is one line and not a screen.
    with Narrator() as narrator:
        documents = pipeline.load(asked, pipeline.Watch(progress=narrator.progress))
    from reader.export import EXPORTERS
    from reader.tui.app import Desk, ReaderApp

    desk = Desk(
        job=lambda *watch: pipeline.run(asked, pipeline.Watch(*watch), documents=documents),
        title=", ".join(path.name for path in asked.paths),
        place=session.remember(asked),
        keep_place=lambda place: session.keep_place(asked, place),
        export=lambda parallel, path: "; ".join(session.write(parallel, path)),
        export_formats=tuple(EXPORTERS),
        explain=session.explain,
        pivot_language=asked.pivot,
    )
    app = ReaderApp(desk)
    status = app.run()
    if app.crash:
        raise app.crash
    sys.exit(status)


@commands.command("print")
@documents
@machine
def print_(machine: bool, **asked: Unpack[Asked]) -> None:
    """Print what the screen shows, line after line."""
    from reader.export import plain

    put(plain(run(request(asked)), pivot=machine))


@commands.command()
@documents
@click.option(
    "-o", "--output", "out", required=True, metavar="OUT", help="File to write; - is stdout."
)
@out_format
@machine
def align(out: str, name: str | None, machine: bool, **asked: Unpack[Asked]) -> None:
    """Align and export, without the screen."""
    from reader import session
    from reader.export import Options, export, format_of

    chosen = request(asked)
    options = Options(pivot=machine, pivot_language=chosen.pivot)
    if out == "-" and name is None:
        raise click.UsageError("stdout has no suffix; name a format with --format")
    if out != "-" and name is None:
        format_of(Path(out))  # before the work, not after
    if out == "-":
        exported = export(run(chosen), name or "", options)
        sys.stdout.buffer.write(exported.data)
        say(exported.notes)
    else:
        say(session.write(run(chosen), Path(out), name, options))


@commands.command()
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
        put(ledger.lines(parallel))
    lost = [
        document.name
        for d, document in enumerate(parallel.documents)
        if not ledger.ledger(parallel, d).adds_up
    ]
    if lost:
        raise ReaderError(f"{', '.join(lost)}: characters were lost; please report this")


@commands.command()
@documents
def translate(**asked: Unpack[Asked]) -> None:
    """Print a file's sentences in English, one a line, in order."""
    from reader import pipeline
    from reader.printable import printable

    chosen = request(asked)
    with Narrator() as narrator:
        _, pivots = pipeline.translate(chosen, pipeline.Watch(progress=narrator.progress))
    put(printable(pivot.text) for column in pivots for pivot in column)
    suspects = sum(pivot.suspect is not None for column in pivots for pivot in column)
    if suspects:
        say([f"{suspects} of {sum(map(len, pivots))} sentences look badly translated"])


@commands.command()
@click.option("--plain", is_flag=True, help="Print instead of opening the screen.")
@cache_option
def demo(plain: bool, cache: Path) -> None:
    """Show three reports of one invented event."""
    from reader.pipeline import Request

    read(Request(paths=DEMO, cache=cache), plain=plain)


@commands.group()
def models() -> None:
    """List, install, remove and verify model packages."""


@models.command("list")
@cache_option
def models_list(cache: Path) -> None:
    """List the packages that are used, one for each pair of languages."""
    from reader.packages import installed, search_path

    for package in installed(search_path(cache), lambda problem: say([str(problem)])):
        kind = "starter" if package.starter else "full"
        pair = f"{package.source} to {package.target}"
        print(f"{pair:10}  {package.version:8}  {kind:8}  {package.path}")


@models.command()
@click.argument("what", nargs=-1, required=True, metavar="CODE_OR_FILE...")
@cache_option
def install(what: tuple[str, ...], cache: Path) -> None:
    """Install packages from files, or download them by code: pt, pt_de.

    The only command that uses the network, and only for a code.
    """
    from reader.packages.fetch import download
    from reader.packages.install import install_file

    folder = cache / "packages"
    for item in what:
        path = Path(item)
        if path.suffix == ".argosmodel" or path.is_file():
            package = install_file(path, folder)
        else:
            with Narrator() as narrator:
                package = download(item, folder, on_progress=narrator.progress)
        say([f"{package.source} to {package.target}: version {package.version} installed"])


@models.command()
@click.argument("code")
@cache_option
def remove(code: str, cache: Path) -> None:
    """Remove the installed packages of a code: pt, pt_de."""
    from reader.packages.install import remove as remove_packages

    for package in remove_packages(code, cache / "packages"):
        say([f"{package.source} to {package.target}: version {package.version} removed"])


@models.command()
@cache_option
def verify(cache: Path) -> None:
    """Load every package and say what is wrong with it."""
    from reader.errors import PackageError
    from reader.packages import installed, search_path
    from reader.packages.install import verify as problems_of

    broken: list[PackageError] = []
    packages = installed(search_path(cache), broken.append)
    wrong = [str(problem) for problem in broken]
    for package in packages:
        problems = problems_of(package)
        wrong += [f"{package.path}: {problem}" for problem in problems]
        if not problems:
            print(f"{package.source} to {package.target}  {package.version}  good")
    say(wrong)
    if wrong:
        raise PackageError(f"{len(wrong)} problems found; remove those packages, or install anew")


@commands.group()
def cache() -> None:
    """See or clear what is kept."""


@cache.command()
@cache_option
def info(cache: Path) -> None:
    """Say where things are kept and how much there is."""
    from reader.store import FILE_NAME, Store

    path = cache / FILE_NAME
    print(path)
    if path.exists():
        print(f"{path.stat().st_size / 1e6:.1f} MB")
        with Store(path) as store:
            put(f"{count} {name}" for name, count in store.counts().items())
    else:
        print("nothing kept yet")


@cache.command("clear")
@cache_option
@click.confirmation_option(
    "--yes", prompt="Forget all translations, alignments and places (packages stay)?"
)
def cache_clear(cache: Path) -> None:
    """Forget translations, alignments and places; packages stay."""
    from reader.store import FILE_NAME, clear

    size = clear(cache / FILE_NAME)
    say([f"{size / 1e6:.1f} MB cleared"])


def main() -> None:
    """Run the command line; see `reader.errors` for the exit codes."""
    try:
        sys.exit(commands.main(prog_name="reader", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ReaderError as error:
        say([f"reader: {error}"])
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say(["reader: stopped; what was computed is kept"])
        sys.exit(Interrupted.exit_code)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; leave nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
