"""What the exporters share: options, names of versions, text that every format can hold."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reader.languages import to_bcp47
from reader.model import Document

# What XML 1.0 cannot hold (section 2.2, Char) and no text file should: controls, surrogates,
# non-characters. Tab and line ends are white space by then.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Options:
    """What to write."""

    pivot: bool = False
    """Whether the machine's pivot text goes in, marked."""
    pivot_language: str = "en"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's content and what had to be left out or changed, one line each."""

    data: bytes
    notes: tuple[str, ...] = ()


def version_ids(documents: Sequence[Document]) -> tuple[str, ...]:
    """Name each version by its file's stem; where those clash by its name, then with a number."""
    stems = [PurePath(document.name).stem or document.name for document in documents]
    count = Counter(stems)
    names = [
        stem if count[stem] == 1 else document.name
        for stem, document in zip(stems, documents, strict=True)
    ]
    count = Counter(names)
    seen: Counter[str] = Counter()
    ids = []
    for name in names:
        seen[name] += 1
        ids.append(name if count[name] == 1 else f"{name}#{seen[name]}")
    return tuple(ids)


def language_tag(document: Document) -> str:
    """Return the document's language as a BCP 47 tag; "und" where it is not known."""
    return to_bcp47(document.language) if document.language else "und"


def plain_text(text: str) -> tuple[str, int]:
    """Return the text without what no text file should hold, and how many characters those were."""
    return _FORBIDDEN.subn("", text)


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one if count == 1 else many}"
