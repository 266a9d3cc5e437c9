"""Download a package by language code: the only module of the program that opens a socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import cast
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from reader.errors import LanguageError, PackageError, reason
from reader.model import Progress, one_line
from reader.packages.discovery import OFFLINE, VERSION, Package, language_pair, version_number
from reader.packages.install import MAX_UNPACKED, argos, install_file

TIMEOUT = 30.0
"""Seconds without data after which a connection counts as lost."""

_BLOCK = 1 << 16
_INDEX_BYTES = 16 << 20

_LOST = (OSError, HTTPException, ValueError)
"""What urllib raises if a server cannot be reached or breaks off, or if the address is bad."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that an index offers."""

    pair: tuple[str, str]
    version: str
    links: tuple[str, ...]


def download(
    code: str,
    folder: Path,
    *,
    index_url: str | None = None,
    on_progress: Callable[[Progress], object] = lambda _: None,
) -> Package:
    """Fetch and install the newest package of a pair, such as "pt" or "pt_de".

    A download that breaks off stays beside the folder, and the next call continues it. The index is
    that of Argos Translate unless another one is given.

    Raises:
        LanguageError: the index has no package for the pair.
        PackageError: the network or the package fails.
    """
    pair = language_pair(code)
    offer = _newest(_offers(index_url or argos("settings").remote_package_index), pair)
    part = folder.parent / f"translate-{pair[0]}_{pair[1]}-{offer.version}.argosmodel.part"

    def report(done: int, total: int) -> None:
        on_progress(Progress("download", done, total, "bytes", " → ".join(pair)))

    problem = PackageError(f"{code!r}: the index has no address for it; try {OFFLINE}")
    for link in offer.links:
        try:
            _fetch(link, part, report)
        except PackageError as error:
            problem = error
            continue
        try:
            return install_file(part, folder)
        except PackageError as error:
            problem = error
        finally:
            part.unlink(missing_ok=True)
    raise problem


def _newest(offers: list[Offer], pair: tuple[str, str]) -> Offer:
    """Return the newest offer for a pair."""
    fitting = [offer for offer in offers if offer.pair == pair]
    if not fitting:
        source, target = pair
        known = ", ".join(sorted({o.pair[0] for o in offers if o.pair[1] == target})) or "nothing"
        raise LanguageError(
            f"{source!r}: the index has no package from it to {target!r}; it has {known}"
        )
    return max(fitting, key=lambda offer: version_number(offer.version))


def _offers(url: str) -> list[Offer]:
    """Read a package index, a JSON list of objects; entries of another kind are left out."""
    try:
        with _get(url) as response:
            text = response.read(_INDEX_BYTES)
    except _LOST as error:
        raise _failed(url, error) from None
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise PackageError(f"{url!r}: not a package index, which is a JSON list; try {OFFLINE}")
    return [offer for entry in entries if (offer := _offer(entry))]


def _offer(entry: object) -> Offer | None:
    """Read an entry of an index; None where it is no package that translates."""
    match entry:
        case {
            "from_code": str(source),
            "to_code": str(target),
            "package_version": str(version),
            "links": list(links),
            **others,
        } if others.get("type", "translate") == "translate" and VERSION.fullmatch(version):
            web = tuple(x for x in links if isinstance(x, str) and x.startswith("http"))
            return Offer((source, target), version, web)
    return None


def _fetch(url: str, part: Path, report: Callable[[int, int], None]) -> None:
    """Download a file; a request that breaks off is followed by another if it brought any data."""
    while True:
        before = _size(part)
        try:
            _fetch_rest(url, part, report)
            break
        except _LOST as error:
            if _size(part) <= before:
                raise _failed(url, error) from None


def _fetch_rest(url: str, part: Path, report: Callable[[int, int], None]) -> None:
    """Request the rest of a file once; a server may also answer with all of it.

    Raises:
        HTTPException: less came than was announced.
        OSError: the server refused or went away.
    """
    have = _size(part)
    try:
        response = _get(url, {"Range": f"bytes={have}-"} if have else {})
    except HTTPError as error:
        if error.code != 416 or not have:
            raise
        if error.headers.get("Content-Range") != f"bytes */{have}":
            part.unlink()
            _fetch_rest(url, part, report)
        return  # it was complete, or is now
    with response:
        resumed = response.status == 206
        if resumed and not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            raise HTTPException("the server sent another part than it was asked for")
        done = have if resumed else 0
        length = response.headers.get("Content-Length")
        total = done + int(length) if length else 0
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab" if resumed else "wb") as file:
            while block := response.read(_BLOCK):
                done += file.write(block)
                if done > MAX_UNPACKED:
                    raise PackageError(f"{url!r}: more than {MAX_UNPACKED} bytes; not a package")
                report(done, total)
    if total and done != total:
        raise HTTPException(f"{done} of {total} bytes came")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _get(url: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    """Open a web address; no other scheme, since urllib would read local files too."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError("not a web address")
    request = Request(url, headers={"User-Agent": "parallel-reader", **(headers or {})})
    try:
        return cast(HTTPResponse, urlopen(request, timeout=TIMEOUT))
    except HTTPError as error:
        error.close()  # it holds the connection
        raise


def _failed(url: str, error: Exception) -> PackageError:
    cause = getattr(error, "reason", None) or error  # urllib wraps what the socket raises
    why = reason(cause) if isinstance(cause, Exception) else one_line(str(cause))
    if isinstance(error, HTTPError):
        why = f"{error.code} {why}"
    return PackageError(f"{url!r}: cannot be fetched ({why}); without a network use {OFFLINE}")
