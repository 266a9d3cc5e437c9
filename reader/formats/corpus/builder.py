"""Build a corpus unit by unit; its versions are found on the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from reader.errors import FormatError
from reader.formats.encoding import normal
from reader.languages import known_code
from reader.model import Corpus, Status, Unit, one_line

_BLANKS = re.compile("[ \t]+")
_TAG = re.compile(r"[a-z]{2,3}(?![a-z])", re.IGNORECASE)


class Version(NamedTuple):
    """Identifies a version within its file."""

    language: str
    """Code, see `code_of`."""
    name: str = ""
    """What the file calls it, "" if it does not."""
    number: int = 0
    """Tells versions apart that are equal otherwise, from 0."""


@cache
def code_of(tag: str) -> str:
    """Return the code for a language tag; the primary subtag of one that is not known.

    "" for a tag that names no language.
    """
    found = _TAG.match(tag.strip())
    primary = found[0].lower() if found else ""
    return known_code(tag) or ("" if primary == "und" else primary)


def status_of(text: str) -> Status:
    """Return the status of this name, "auto" for any other text."""
    match text:
        case "confirmed" | "edited":
            return text
    return "auto"


def score_of(text: str) -> float:
    """Return a score within [0, 1]; 1 if there is none: the file itself says that these pair."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 1.0


def _line(text: str) -> str:
    """Return a cell on one line; no-break spaces belong to the text."""
    text = normal(text)
    return one_line(text) if "\n" in text else _BLANKS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Details:
    """What a file says of a unit besides its texts."""

    score: float = 1.0
    status: Status = "auto"
    places: Mapping[Version, int] = field(default_factory=dict)
    """Sort keys of the texts of each version; empty where the units are in order."""
    moved: Collection[Version] = ()
    """See `Row.moved`."""
    heading: bool = False
    times: Mapping[Version, tuple[int, int]] = field(default_factory=dict)
    """See `Unit.times`."""


NO_DETAILS = Details()


@dataclass(slots=True)
class CorpusBuilder:
    """The versions and units read so far."""

    versions: dict[Version, None] = field(default_factory=dict)
    _units: dict[object, tuple[dict[Version, str], Details]] = field(default_factory=dict)

    def add(
        self, texts: Mapping[Version, str], details: Details = NO_DETAILS, *, key: object = None
    ) -> None:
        """Add a unit, merged with an earlier one of the same `key` unless their texts differ."""
        clean = {version: found for version, text in texts.items() if (found := _line(text))}
        self.versions |= dict.fromkeys(texts)
        if not clean:
            return
        known, before = self._units.get(key, ({}, details)) if key is not None else ({}, details)
        if any(known.get(version, text) != text for version, text in clean.items()):
            key, known, before = None, {}, details
        # The details of a pair count before those of a text that stood alone, which has no score.
        best = before if len(known) > 1 else details
        self._units[len(self._units) if key is None else key] = (known | clean, best)

    def build(self, notes: Iterable[str] = ()) -> Corpus:
        """Return the corpus of all units added so far.

        Raises:
            FormatError: there is no text.
        """
        if not self._units:
            raise FormatError("holds no text in any language; give a file with pairs")
        versions = tuple(self.versions)
        return Corpus(
            tuple(version.language for version in versions),
            tuple(version.name for version in versions),
            tuple(
                Unit(
                    tuple(texts.get(version, "") for version in versions),
                    details.score,
                    details.status,
                    tuple(details.places.get(v, 0) for v in versions) if details.places else (),
                    tuple(k for k, version in enumerate(versions) if version in details.moved),
                    details.heading,
                    tuple(map(details.times.get, versions)) if details.times else (),
                )
                for texts, details in self._units.values()
            ),
            tuple(notes),
        )
