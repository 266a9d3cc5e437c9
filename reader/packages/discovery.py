"""Find packages: read their folders, choose the best of each pair, chain them to routes.

Others may have put these folders there: nothing in them is trusted before it was checked, and a
broken one does not hide the others.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reader.errors import LanguageError, PackageError, reason
from reader.languages import LANGUAGES, from_tag, known_code

PIVOT = "en"
OFFLINE = "`reader models install FILE.argosmodel`"
"""How to install without a network, for messages."""

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
VERSION = re.compile(r"[0-9A-Za-z.+-]{1,32}")
_METADATA_BYTES = 1 << 20
_DIGEST_TAIL = 1 << 16
"""Bytes from the end of the weights that go into a key: two trainings of one architecture have
files of equal size, but no equal last layer."""


class BrokenPackageError(PackageError):
    """A folder that is not a whole package."""

    def __init__(self, path: Path, flaw: str) -> None:
        super().__init__(f"{str(path)!r}: {flaw}; remove this folder or install the package again")
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Package:
    """A package that translates one language to another."""

    source: str
    target: str
    version: str
    path: Path = field(compare=False)
    key: str
    """Identifies weights and version: equal keys mean equal output, wherever the folder is."""
    starter: bool = False
    """True for one of the small packages that come with the program."""

    @property
    def pair(self) -> tuple[str, str]:
        """Codes of source and target."""
        return self.source, self.target

    @property
    def rank(self) -> tuple[bool, tuple[int, ...]]:
        """Order among packages of one pair: a full one before a starter, then the newest."""
        return not self.starter, version_number(self.version)


def version_number(version: str) -> tuple[int, ...]:
    """Return the numbers in a version, for comparison: 1.10 is newer than 1.9."""
    return tuple(int(number) for number in re.findall(r"[0-9]{1,18}", version))


def language_pair(name: str) -> tuple[str, str]:
    """Split "pt_de" into the codes of source and target; "pt" means to English, "pt_BR" as well.

    Either may be anything that names a language, see `from_tag`, or a code that only an index or a
    package has.

    Raises:
        LanguageError: a part names no language, or both name the same.
    """
    source, _, target = name.partition("_")
    if target.isupper():  # a region
        source, target = name, ""
    pair = _code(source), _code(target or PIVOT)
    if pair[0] == pair[1]:
        raise LanguageError(f"{name!r}: is one language; write pt, or pt_de for a pair")
    return pair


def _code(name: str) -> str:
    if not known_code(name) and _CODE.fullmatch(name):
        return name
    return from_tag(name)


def pair_code(source: str, target: str) -> str:
    """Return the code that `language_pair` splits."""
    return source if target == PIVOT else f"{source}_{target}"


def search_path(cache: Path) -> tuple[Path, ...]:
    """Return the folders that may hold packages; the first is where ours are installed.

    They are the cache's own, the one that comes with the program, and that of Argos Translate.
    Any of them may be missing: none is made by looking.
    """
    own = cache / "packages"
    shipped = Path(__file__).parents[1] / "starter"  # in a wheel
    if not shipped.is_dir():
        shipped = Path(__file__).parents[2] / "cache" / "packages"  # in a checkout
    return tuple(dict.fromkeys(path.absolute() for path in (own, shipped, *_argos_folder())))


def _argos_folder() -> Iterator[Path]:
    """Yield the folder of Argos Translate; nothing for a user without a home."""
    if folder := os.environ.get("ARGOS_PACKAGES_DIR"):
        yield Path(folder)
    elif data := os.environ.get("XDG_DATA_HOME"):
        yield Path(data) / "argos-translate" / "packages"
    else:
        try:
            yield Path.home() / ".local" / "share" / "argos-translate" / "packages"
        except RuntimeError:
            return


def installed(
    folders: Iterable[Path], on_problem: Callable[[PackageError], object] = lambda _: None
) -> tuple[Package, ...]:
    """Return the best package of every pair, ordered by pair.

    A full package beats a starter, then the newest wins, then the first folder. What cannot be
    used goes to `on_problem` and hinders none of the others.
    """
    best: dict[tuple[str, str], Package] = {}
    for folder in folders:
        for package in packages_in(folder, on_problem):
            if package.pair not in best or package.rank > best[package.pair].rank:
                best[package.pair] = package
    return tuple(best[pair] for pair in sorted(best))


def packages_in(
    folder: Path, on_problem: Callable[[PackageError], object] = lambda _: None
) -> Iterator[Package]:
    """Yield every translation package in a folder; files and hidden folders are ignored."""
    try:
        paths = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        on_problem(PackageError(f"{str(folder)!r}: cannot be read: {reason(error)}"))
        return
    for path in paths:
        try:
            package = read_package(path)
        except PackageError as problem:
            on_problem(problem)
        else:
            if package:
                yield package


def read_package(path: Path) -> Package | None:
    """Read the package in a folder; None for an Argos package that does something else.

    Raises:
        BrokenPackageError: the folder is no package or lacks a part of one.
    """
    try:
        with (path / "metadata.json").open("rb") as file:
            raw = file.read(_METADATA_BYTES)
        facts = json.loads(raw)
        if not isinstance(facts, dict):
            raise BrokenPackageError(path, "metadata.json is not an object")
        if facts.get("type", "translate") != "translate":
            return None
        if not isinstance(facts.get("target_prefix", ""), str):
            raise BrokenPackageError(path, "metadata.json has a target_prefix that is no text")
        return Package(
            source=_field(path, facts, "from_code", _CODE),
            target=_field(path, facts, "to_code", _CODE),
            version=(version := _field(path, facts, "package_version", VERSION)),
            path=path,
            key=f"{facts['from_code']}_{facts['to_code']} {version} {_digest(path, raw)}",
            starter=_is_starter(path),
        )
    except OSError as error:
        name = Path(error.filename or "a file").name
        raise BrokenPackageError(path, f"{name} cannot be read: {reason(error)}") from None
    except (ValueError, RecursionError):
        raise BrokenPackageError(path, "metadata.json is not valid JSON") from None


def _field(path: Path, facts: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
    """Return a field of the metadata; it must have a form that is safe in keys and file names."""
    value = facts.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise BrokenPackageError(path, f"metadata.json has {name} {value!r:.40}")
    return value


def _digest(path: Path, metadata: bytes) -> str:
    """Return a digest that tells this package from others, without reading all of it."""
    digest = hashlib.blake2b(metadata, digest_size=8)
    weights = path / "model" / "model.bin"
    for file in (_tokenizer(path), *sorted((path / "model").iterdir())):
        digest.update(f"{file.name} {file.stat().st_size}\n".encode())
    with weights.open("rb") as tail:
        tail.seek(max(0, weights.stat().st_size - _DIGEST_TAIL))
        digest.update(tail.read())
    return digest.hexdigest()


def _tokenizer(path: Path) -> Path:
    """Return the file of the subword model that Argos would use."""
    for name in ("sentencepiece.model", "bpe.model"):
        if (path / name).is_file():
            return path / name
    raise BrokenPackageError(path, "there is no sentencepiece.model")


def _is_starter(path: Path) -> bool:
    """Tell whether the README of a package calls it a starter package."""
    try:
        with (path / "README.md").open("rb") as file:
            return b"starter package" in file.read(4096).lower()
    except OSError:
        return False


def route(packages: Sequence[Package], source: str, target: str) -> tuple[Package, ...]:
    """Return the packages that lead from one language to another, in order; () if they are one.

    The shortest chain wins, then the one with the fewest starters.

    Raises:
        LanguageError: no chain leads there; it says what to install.
    """
    if source == target:
        return ()
    chains: list[tuple[Package, ...]] = [(p,) for p in packages if p.source == source]
    seen = {source}
    while chains:
        arrived = [chain for chain in chains if chain[-1].target == target]
        if arrived:
            return min(arrived, key=lambda c: (sum(p.starter for p in c), [p.key for p in c]))
        seen |= {chain[-1].target for chain in chains}
        chains = [
            (*chain, package)
            for chain in chains
            for package in packages
            if package.source == chain[-1].target and package.target not in seen
        ]
    way = f"run `reader models install {pair_code(source, target)}`, or without a network {OFFLINE}"
    if source not in LANGUAGES:
        way = "Argos Translate has none, but `reader models train` can make one"
    raise LanguageError(f"{source!r}: no package translates it to {target!r}; {way}")
