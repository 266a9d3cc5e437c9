"""Options that commands share, and the request that is made of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

if TYPE_CHECKING:
    from reader.model import Mode
    from reader.pipeline import Request


def default_cache() -> Path:
    """Return the folder of packages and store: `cache/` of a checkout, else one for user data."""
    checkout = Path(__file__).parents[2]
    if (checkout / "pyproject.toml").is_file() and os.access(checkout / "cache", os.W_OK):
        return checkout / "cache"
    from platformdirs import user_data_path

    return user_data_path("parallel-reader")


FILE = click.Path(path_type=Path, readable=False)
"""A file that click does not check: whoever opens it reports what is wrong, in one line."""
STDIN = Path("/dev/stdin")
"""The file that `-` means."""

MODES: dict[str, Mode | None] = {
    "auto": None,
    "parallel": "parallel",
    "comparable": "comparable",
}

cache_folder = click.option(
    "--cache",
    type=click.Path(path_type=Path),
    envvar="READER_CACHE",
    default=default_cache,
    # No shell does it in --cache=~/books, and none may have seen the variable.
    callback=lambda _context, _option, path: path.expanduser(),
    help="Folder of packages and of what is kept (or READER_CACHE).",
)

machine = click.option("--machine", is_flag=True, help="With the machine's English, marked.")


class Number(click.FloatRange):
    """A range of numbers; unlike click's own type it refuses "nan"."""

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read a number."""
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value!r} is no number", param, ctx)
        return number


def documents(command: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options that a `Request` is made of, see `request`."""
    for option in (
        cache_folder,
        click.option(
            "--min-score",
            type=Number(0, 1),
            metavar="NUMBER",
            help="Least score of a pair, from 0 to 1.",
        ),
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
        click.argument("files", nargs=-1, type=FILE, metavar="FILES..."),
    ):
        command = option(command)
    return command


class Asked(TypedDict):
    """The values of the options of `documents`."""

    files: tuple[Path, ...]
    lang: tuple[str, ...]
    segmented: bool
    mode: str
    hub: str | None
    pivot: str
    min_score: float | None
    cache: Path


def request(asked: Asked) -> Request:
    """Make a request from the options of `documents`.

    Raises:
        click.UsageError: an option names a file that is not among `files`.
        LanguageError: a code is not known.
    """
    from reader.languages import from_tag
    from reader.pipeline import Request

    files = asked["files"]
    if not files:
        raise click.UsageError("no files given; name the versions to read")
    paths = tuple(map(_path, files))
    languages = {}
    for assignment in asked["lang"]:
        name, equals, tag = assignment.rpartition("=")
        if not equals:
            raise click.UsageError(f"--lang {assignment!r}: write it as FILE=CODE")
        languages[paths[_index(paths, name, "--lang")]] = from_tag(tag)
    return Request(
        paths=paths,
        cache=asked["cache"],
        languages=languages,
        segmented=asked["segmented"],
        mode=MODES[asked["mode"]],
        hub=_index(paths, asked["hub"], "--hub") if asked["hub"] else 0,
        pivot=from_tag(asked["pivot"]),
        min_score=asked["min_score"],
    )


def _path(name: str | Path) -> Path:
    return STDIN if str(name) == "-" else Path(name)


def _index(paths: tuple[Path, ...], name: str, option: str) -> int:
    """Find a file by its path, or by its name if that is enough."""
    found = [path for path in paths if path == _path(name)]
    found = found or [path for path in paths if Path(path.name) == _path(name)]
    if len(set(found)) > 1:
        which = ", ".join(map(str, found))
        raise click.UsageError(f"{option}: {name!r} may be any of {which}; write one of these")
    if found:
        return paths.index(found[0])
    raise click.UsageError(
        f"{option}: {name!r} is not among the files; they are {', '.join(map(str, paths))}"
    )
