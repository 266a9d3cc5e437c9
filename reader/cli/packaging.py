"""The commands that manage model packages, and the one that makes them."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from threading import Event
from typing import TypedDict, Unpack

import click

from reader.cli.narrator import Narrator, say
from reader.cli.options import Number, cache_folder
from reader.printable import counted


@click.group()
def models() -> None:
    """List, install, remove, verify or train model packages."""


@models.command("list")
@cache_folder
def models_list(cache: Path) -> None:
    """List the packages that are used, one for each pair of languages."""
    from reader.packages import installed, search_path

    for package in installed(search_path(cache), lambda problem: say([str(problem)])):
        kind = "starter" if package.starter else "full"
        pair = f"{package.source} to {package.target}"
        print(f"{pair:10}  {package.version:8}  {kind:8}  {package.path}")


@models.command()
@click.argument("what", nargs=-1, required=True, type=click.Path(), metavar="CODE_OR_FILE...")
@cache_folder
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
@cache_folder
def remove(code: str, cache: Path) -> None:
    """Remove the installed packages of a code: pt, pt_de."""
    from reader.packages.install import remove as remove_packages

    for package in remove_packages(code, cache / "packages"):
        say([f"{package.source} to {package.target}: version {package.version} removed"])


@models.command()
@cache_folder
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
        found = counted(len(wrong), "problem", "problems")
        raise PackageError(f"packages: {found} found; remove those packages, or install anew")


PAIRS = click.Path(exists=True, dir_okay=False, path_type=Path)


class Training(TypedDict):
    """The values of the options of `train`."""

    source: str
    target: str
    pairs: tuple[Path, ...]
    output: Path
    minutes: float
    resume: bool
    validate: Path | None


@models.command()
@click.option("--from", "source", required=True, metavar="CODE", help="Language to translate.")
@click.option("--to", "target", required=True, metavar="CODE", help="Language to translate it to.")
@click.option("--pairs", multiple=True, type=PAIRS, help="Exports, TMX, tables or Moses files.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Package to write, such as la-en.argosmodel.",
)
@click.option(
    "--minutes",
    type=Number(0, min_open=True),
    default=60,
    show_default=True,
    metavar="NUMBER",
    help="How long to train at most.",
)
@click.option("--resume", is_flag=True, help="Go on with the checkpoint beside OUT, if any.")
@click.option("--validate", type=PAIRS, help="Pairs to choose the best weights by.")
@click.argument("more", nargs=-1, type=PAIRS, metavar="[FILE]...")
def train(more: tuple[Path, ...], **asked: Unpack[Training]) -> None:
    """Train a package on pairs of sentences; needs PyTorch.

    Write `--pairs FILE...`: files without an option are pairs, too.
    """
    from reader.errors import ReaderError
    from reader.languages import from_tag

    pairs = (*asked["pairs"], *more)
    if not pairs:
        raise click.UsageError("no pairs given; name files with --pairs")
    source, target = from_tag(asked["source"]), from_tag(asked["target"])
    if asked["output"].suffix != ".argosmodel":
        raise click.UsageError(f"--output {str(asked['output'])!r}: name it OUT.argosmodel")
    if source == target:
        raise click.UsageError(f"--from and --to are both {source!r}; name two languages")
    try:
        from reader.train.job import Job, train_package
        from reader.train.trainer import Watch
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise ReaderError(
            "training: needs PyTorch, the extra train; start with `uv run --extra train reader`, "
            "or `pip install 'parallel-reader[train]'`"
        ) from None
    out = asked["output"]
    job = Job(
        source,
        target,
        pairs,
        out,
        minutes=asked["minutes"],
        validate=asked["validate"],
        resume=asked["resume"],
    )
    stopped = _set_by_signals()
    train_package(job, Watch(time.monotonic, lambda line: say([line]), stopped.is_set))
    say([f"{out}: written; `reader models install {out}` installs it"])


def _set_by_signals() -> Event:
    """Return an event that SIGINT or SIGTERM sets; a second signal ends the program at once."""
    stopped = Event()

    def stop(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return stopped
