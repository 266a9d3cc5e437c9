"""Sequences of segments, sentences and pivots that are stored as columns of numbers.

A novel has ten thousand sentences, a corpus a million. A column holds a few numbers of each and
makes the value only when it is asked for.
"""

from __future__ import annotations

import hashlib
import re
from abc import abstractmethod
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)

NUMBERS = "I"
"""Type code of a column of offsets and indices: 32 bits, no sign."""

# Scripts written without blanks between words: a line break between two such characters is
# layout, not a word boundary (Unicode 16, blocks Hiragana to CJK Unified, compatibility forms, and
# the full-width punctuation that goes with them).
_UNSPACED = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]"
_UNSPACED_BREAK = re.compile(rf"(?<={_UNSPACED})\s*\n\s*(?={_UNSPACED})")


def one_line(text: str) -> str:
    """Return the text on one line, every run of white space as one blank.

    A line break between two characters of a script without blanks is dropped.
    """
    if "\n" in text:
        text = _UNSPACED_BREAK.sub("", text)
    return " ".join(text.split())


class Skip(NamedTuple):
    """Why a segment takes no part in alignment; it stays in the document and on the screen."""

    reason: Literal["repeat", "boilerplate"]
    detail: str
    """The kind of boilerplate ("see also", "byline" ...), or of repeat ("exact" or "near")."""
    of: int | None = None
    """For a repeat: the index of the segment that it repeats."""


class Segment(NamedTuple):
    """A sentence or heading: the unit that is translated and aligned.

    No dataclass: a frozen one takes three times as long to make.
    """

    start: int
    stop: int
    paragraph: int
    """Index of the paragraph; non-decreasing along a document."""
    language: str
    """Code of the language of the segment; that of the document unless it clearly differs."""
    kind: Literal["sentence", "heading"] = "sentence"
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Pivot:
    """The machine translation of a segment into the pivot language, for comparison and search."""

    text: str
    """"" while it is not translated yet."""
    suspect: str | None = None
    """Why the text is not to be trusted: loop, blow-up, copied or empty; None if it may be."""

    @property
    def evidence(self) -> str:
        """The text that alignment may rely on: "" for a suspect one."""
        return "" if self.suspect else self.text


class Column(Sequence[T_co]):
    """A sequence whose values are made when they are asked for."""

    __slots__ = ()

    @abstractmethod
    def made(self, index: int) -> T_co:
        """Make the value at an index, which is within range."""

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        """Make a value, or a tuple of some."""
        at = range(len(self))[index]
        return tuple(map(self.made, at)) if isinstance(at, range) else self.made(at)

    def __iter__(self) -> Iterator[T_co]:
        """Make one value after another."""
        return map(self.made, range(len(self)))


@dataclass(frozen=True, slots=True)
class Segments(Column[Segment]):
    """Segments of a text in order."""

    starts: array[int]
    stops: array[int]
    paragraphs: array[int]
    language: str
    """The language of plain segments: sentences that are not skipped and not in another one."""
    special: Mapping[int, Segment]
    """Index -> segment for all that are not plain, ascending."""

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Segments:
        """Put segments into columns."""
        every = tuple(segments)
        languages = Counter(segment.language for segment in every)
        language = max(languages, key=languages.__getitem__, default="")
        special = {
            i: segment
            for i, segment in enumerate(every)
            if segment[3:] != (language, "sentence", None)
        }
        return cls(
            array(NUMBERS, (segment.start for segment in every)),
            array(NUMBERS, (segment.stop for segment in every)),
            array(NUMBERS, (segment.paragraph for segment in every)),
            language,
            special,
        )

    def __len__(self) -> int:
        return len(self.starts)

    def made(self, index: int) -> Segment:
        """Make a segment."""
        return self.special.get(index) or Segment(
            self.starts[index], self.stops[index], self.paragraphs[index], self.language
        )

    @property
    def skips(self) -> dict[int, Skip]:
        """Index -> why it is skipped; ascending."""
        return {i: segment.skip for i, segment in self.special.items() if segment.skip}

    @property
    def headings(self) -> tuple[int, ...]:
        """The indices of headings, ascending."""
        return tuple(i for i, segment in self.special.items() if segment.kind == "heading")

    def languages(self, indices: Sequence[int]) -> frozenset[str]:
        """Return the codes of all languages among some segments."""
        chosen = indices if isinstance(indices, range) else frozenset(indices)
        special = [segment.language for i, segment in self.special.items() if i in chosen]
        plain = (self.language,) if len(special) < len(chosen) else ()
        return frozenset((*special, *plain))


@dataclass(frozen=True, slots=True)
class Texts(Column[str]):
    """Parts of one long text."""

    whole: str
    starts: array[int]
    stops: array[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Put texts into columns."""
        every = tuple(texts)
        ends = tuple(accumulate(map(len, every), initial=0))
        return cls("".join(every), array(NUMBERS, ends[:-1]), array(NUMBERS, ends[1:]))

    def __len__(self) -> int:
        return len(self.starts)

    def made(self, index: int) -> str:
        """Cut out a part."""
        return self.whole[self.starts[index] : self.stops[index]]

    @property
    def digest(self) -> bytes:
        """A digest of the parts and of where they stand."""
        found = hashlib.blake2b(self.whole.encode("utf-8", "surrogatepass"), digest_size=20)
        found.update(self.starts)
        found.update(self.stops)
        return found.digest()


class Sentences(Texts):
    """Parts of one text, each on one line."""

    __slots__ = ()

    def made(self, index: int) -> str:
        """Cut out a part."""
        return one_line(self.whole[self.starts[index] : self.stops[index]])


@dataclass(frozen=True, slots=True)
class Pivots(Column[Pivot]):
    """The pivots of a document, one for each segment."""

    texts: Texts
    suspects: Mapping[int, str] = field(default_factory=dict)
    """Index -> `Pivot.suspect`, where it is not None; ascending."""

    @classmethod
    def of(cls, pivots: Iterable[Pivot]) -> Pivots:
        """Put pivots into columns."""
        every = tuple(pivots)
        suspects = {i: pivot.suspect for i, pivot in enumerate(every) if pivot.suspect}
        return cls(Texts.of(pivot.text for pivot in every), suspects)

    def __len__(self) -> int:
        return len(self.texts)

    def made(self, index: int) -> Pivot:
        """Make a pivot."""
        return Pivot(self.texts[index], self.suspects.get(index))

    @property
    def digest(self) -> bytes:
        """A digest of all texts and suspects."""
        suspects = repr(sorted(self.suspects.items())).encode()
        return hashlib.blake2b(self.texts.digest + suspects, digest_size=20).digest()
