"""Check, install and remove packages: completely or not at all, and never outside their folder."""

from __future__ import annotations

import importlib
import os
import re
import stat
import tempfile
import zipfile
import zlib
from dataclasses import replace
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from types import ModuleType

from reader.errors import PackageError, reason
from reader.packages.discovery import (
    BrokenPackageError,
    Package,
    language_pair,
    packages_in,
    read_package,
)

# Bounds for what may come out of a zip: the largest official packages unpack to some 300 MB at
# less than 2:1; deflate cannot do better than 1032:1, which is what a bomb uses.
MAX_UNPACKED = 2 << 30
MAX_RATIO = 100
MAX_FILES = 10_000

_ENCRYPTED = 1
"""Bit of the flags of a member (PKWARE's APPNOTE, 4.4.4)."""

_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    ValueError,  # a name that is not UTF-8
    NotImplementedError,  # a compression that zipfile does not know
)


def verify(package: Package) -> tuple[str, ...]:
    """Load a package and translate a word with it; return its problems, () for none.

    The folder is opened by Argos's own class: Argos Translate can use what passes here.
    """
    import ctranslate2

    try:
        if read_package(package.path) != package:
            return ("it changed on the disk since it was found; start again",)
        tokens = argos("package").Package(package.path).tokenizer.encode("1984")
        model = ctranslate2.Translator(str(package.path / "model"), device="cpu", intra_threads=1)
        model.translate_batch([tokens], beam_size=1, max_decoding_length=8)
    except BrokenPackageError as error:
        return (f"{error.flaw}; install it again",)
    except ModuleNotFoundError as error:
        return (f"its tokenizer needs a library; run `pip install {error.name}`",)
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        return (f"it does not load: {reason(error)}; get it again",)
    return ()


def argos(module: str) -> ModuleType:
    """Import a module of argostranslate without leaving folders behind.

    Its settings make three folders below HOME on import; here they are made in a temporary one.
    """
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
    before = {name: os.environ[name] for name in names if name in os.environ}
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ.update(dict.fromkeys(names, nowhere))
        try:
            return importlib.import_module(f"argostranslate.{module}")
        finally:
            for name in names:
                del os.environ[name]
            os.environ.update(before)


def install_file(path: Path, folder: Path) -> Package:
    """Install a package file (`.argosmodel`) into a folder of packages.

    It is unpacked and checked beside the folder and then moved in by one rename. It replaces the
    other packages of its pair there, except for starters.

    Raises:
        PackageError: the file is no intact, safe package, or the disk refuses it.
    """
    if not path.is_file():
        raise PackageError(f"{str(path)!r}: no such file; give an .argosmodel file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder.parent) as name:
            staging = Path(name)
            package = read_package(_unpack(path, staging))
            if package is None:
                raise PackageError(f"{path.name!r}: not a translation package; reader needs none")
            if problems := verify(package):
                raise PackageError(f"{path.name!r}: {problems[0]}")
            return _move_in(package, folder, staging)
    except BrokenPackageError as error:
        raise PackageError(f"{path.name!r}: {error.flaw}; get it again") from None
    except OSError as error:
        raise PackageError(
            f"{path.name!r}: cannot be installed in {str(folder)!r}: {reason(error)}; "
            "check the space and the rights there"
        ) from None


def _unpack(path: Path, staging: Path) -> Path:
    """Unpack a zip that passed all checks and return its one root folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            if danger := _danger(archive.infolist(), path.stat().st_size):
                raise PackageError(f"{path.name!r}: {danger}; refused, get it from another source")
            roots = {PurePosixPath(name).parts[0] for name in archive.namelist()}
            loose = [i.filename for i in archive.infolist() if i.filename in roots]
            if len(roots) != 1 or loose:
                raise PackageError(
                    f"{path.name!r}: {len(roots)} entries at the top; "
                    "a package file holds exactly one folder"
                )
            archive.extractall(staging)
    except _BROKEN_ZIP as error:
        flaw = "it ends too early" if isinstance(error, EOFError) else reason(error)
        raise PackageError(f"{path.name!r}: broken package file: {flaw}; get it again") from None
    return staging / roots.pop()


def _danger(members: list[zipfile.ZipInfo], size: int) -> str | None:
    """Return why a zip of `size` bytes must not be unpacked; None if it may."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or len(members) > MAX_FILES or unpacked > MAX_RATIO * size:
        return f"unpacks to {unpacked} bytes in {len(members)} files"
    for member in members:
        name = member.filename
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or re.search(r"[\\:\x00-\x1f\x7f]", name):
            return f"holds the unsafe name {name!r}"
        if member.flag_bits & _ENCRYPTED:
            return f"holds {name!r}, which is encrypted"
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            return f"holds {name!r}, which is neither file nor folder"
    return None


def _move_in(package: Package, folder: Path, staging: Path) -> Package:
    """Move a checked package in, and those that it replaces out into `staging`."""
    version = package.version.replace(".", "_")
    place = folder / f"translate-{package.source}_{package.target}-{version}"
    others = [p.path for p in packages_in(folder) if p.pair == package.pair and not p.starter]
    if place.exists():
        place.rename(staging / "replaced")
    package.path.rename(place)
    for path in others:
        if path != place:
            path.rename(staging / path.name)
    return replace(package, path=place)


def remove(code: str, folder: Path) -> tuple[Package, ...]:
    """Delete the packages of a pair from a folder and return them; a starter stays.

    Raises:
        PackageError: there is none, or the disk refuses.
    """
    pair = language_pair(code)
    found = tuple(p for p in packages_in(folder) if p.pair == pair and not p.starter)
    if not found:
        raise PackageError(
            f"{code!r}: no full package in {str(folder)!r}; `reader models list` shows them all"
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".removed-", dir=folder.parent) as name:
            for package in found:
                package.path.rename(Path(name) / package.path.name)
    except OSError as error:
        raise PackageError(
            f"{code!r}: cannot be removed: {reason(error)}; check the rights of {str(folder)!r}"
        ) from None
    return found
