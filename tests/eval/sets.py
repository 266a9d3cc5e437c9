"""Alignment sets on disk.

A set is a folder; per document `<doc>.src` holds the originals, one a line, `<doc>.tgt` the other
side, `<doc>.mt` the machine translation of the former into the language of the latter (absent: the
originals are compared), `<doc>.mtrev` or `.mtrev-ENGINE` that of the latter into the language of
the former (optional), `<doc>.gold` the alignment, lines such as `[0, 1]:[2]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.align import Version
from reader.align.score import Beads, parse
from reader.errors import ReaderError
from reader.languages import identify
from reader.model import one_line


class SetError(ReaderError):
    """A document of a set that cannot be used."""


@dataclass(frozen=True)
class GoldPair:
    """Two versions and how they are aligned."""

    set: str
    """Name of its set: its documents are in the same languages."""
    name: str
    versions: tuple[Version, Version]
    gold: Beads


def read_gold(path: Path) -> Beads:
    """Read an alignment."""
    return parse("\n".join(_lines(path)), path.name)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path}: {error}; every document needs a readable UTF-8 file") from error
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _texts(path: Path) -> tuple[str, ...]:
    return tuple(one_line(line) for line in _lines(path))


def read_pair(gold: Path) -> GoldPair:
    """Read the document that a gold file belongs to."""
    found = {suffix: gold.with_suffix(suffix) for suffix in (".src", ".tgt", ".mt")}
    source, target = _texts(found[".src"]), _texts(found[".tgt"])
    forth = _texts(found[".mt"]) if found[".mt"].exists() else None
    back = _back(gold, forth) if forth else None
    for path, lines, other in ((".mt", forth, source), (".mtrev", back, target)):
        if lines is not None and len(lines) != len(other):
            raise SetError(
                f"{gold.with_suffix(path)}: {len(lines)} lines; right is {len(other)}, as the text"
            )
    return GoldPair(
        gold.parent.name,
        gold.stem,
        (
            _version(gold.stem + ".src", source, forth, source if back else ()),
            _version(gold.stem + ".tgt", target, target if forth else None, back or ()),
        ),
        read_gold(gold),
    )


def _version(
    name: str, texts: tuple[str, ...], pivots: tuple[str, ...] | None, second: tuple[str, ...]
) -> Version:
    guess = identify(" ".join(texts))
    language = guess.code if guess.sure else ""
    return Version(name, texts, pivots or ("",) * len(texts), language, second=second)


def _back(gold: Path, forth: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the translation of the target, by the engine that translated the source if it did."""
    plain = gold.with_suffix(".mtrev")
    if plain.exists():
        return _texts(plain)
    engines = sorted(gold.parent.glob(f"{gold.stem}.mtrev-*"))
    for engine in engines:
        twin = engine.with_suffix(engine.suffix.replace(".mtrev-", ".mt-"))
        if twin.exists() and _texts(twin) == forth:
            return _texts(engine)
    return _texts(engines[0]) if engines else None


def find_sets(folder: Path) -> Iterator[Path]:
    """Yield the folder if it is a set, else the sets right below it."""
    folders = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    yield from (path for path in folders if any(path.glob("*.gold")))


def sampled(folder: Path, sample: int | None = None) -> list[Path]:
    """Return the gold files of a set, or so many of them, evenly spread."""
    paths = sorted(folder.glob("*.gold"))
    step = max(1, len(paths) // sample) if sample else 1
    return paths[::step][:sample]
