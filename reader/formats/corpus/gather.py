"""Units as they are read, put together to a corpus: versions come up as the file goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from reader.errors import FormatError, LanguageError
from reader.formats.encoding import normal
from reader.languages import from_tag
from reader.model import Corpus, Status, Unit, one_line

_BLANKS = re.compile("[ \t]+")
_TAG = re.compile(r"[a-z]{2,3}(?![a-z])", re.IGNORECASE)


class Version(NamedTuple):
    """What tells a version from the others of its file."""

    language: str
    """Code, see `code_of`."""
    name: str = ""
    number: int = 0
    """Of those in one language and one unit, from 0."""


@cache
def code_of(tag: str) -> str:
    """Return the code for a language tag; of one that Argos does not know its first part, or ""."""
    try:
        return from_tag(tag)
    except LanguageError:
        found = _TAG.match(tag.strip())
        return found[0].lower() if found and found[0].lower() != "und" else ""


def status_of(text: str) -> Status:
    """Return a status by its name; any other is that of a row that nobody confirmed."""
    match text:
        case "confirmed" | "edited":
            return text
    return "auto"


def score_of(text: str) -> float:
    """Return a score within [0, 1]; 1 where there is none: whoever made the file paired them."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 1.0


def _line(text: str) -> str:
    """Return a cell on one line; no-break spaces belong to the text."""
    text = normal(text)
    return one_line(text) if "\n" in text else _BLANKS.sub(" ", text).strip()


@dataclass(slots=True)
class _Row:
    """What is known of a unit so far."""

    score: float
    status: Status
    texts: dict[Version, str] = field(default_factory=dict)
    places: dict[Version, int] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """The versions and units read so far."""

    versions: dict[Version, None] = field(default_factory=dict)
    _rows: dict[object, _Row] = field(default_factory=dict)

    def add(
        self,
        texts: Mapping[Version, str],
        *,
        score: float = 1.0,
        status: Status = "auto",
        key: object = None,
        places: Mapping[Version, int] | None = None,
    ) -> None:
        """Add a unit; it is one with that of the same `key`, unless the two disagree.

        `places` say how the texts of each version follow one another.
        """
        clean = {version: found for version, text in texts.items() if (found := _line(text))}
        self.versions |= dict.fromkeys(texts)
        if not clean:
            return
        row = None if key is None else self._rows.get(key)
        if row is None or any(
            row.texts.get(version, text) != text for version, text in clean.items()
        ):
            row = _Row(score, status)
            self._rows[len(self._rows) if key is None or key in self._rows else key] = row
        elif len(row.texts) < 2:  # a pair says more of it than what stood alone
            row.score, row.status = score, status
        row.texts |= clean
        row.places |= places or {}

    def corpus(self, notes: Iterable[str] = ()) -> Corpus:
        """Return what was read.

        Raises:
            FormatError: there is no text.
        """
        if not self._rows:
            raise FormatError("holds no text in any language; give a file with pairs")
        versions = tuple(self.versions)
        return Corpus(
            tuple(version.language for version in versions),
            tuple(version.name for version in versions),
            tuple(
                Unit(
                    tuple(row.texts.get(version, "") for version in versions),
                    row.score,
                    row.status,
                    tuple(row.places.get(version, 0) for version in versions) if row.places else (),
                )
                for row in self._rows.values()
            ),
            tuple(notes),
        )
