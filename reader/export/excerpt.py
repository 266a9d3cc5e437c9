"""The part of a parallel text that is exported: selected once, for all formats."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from reader.errors import ExportError
from reader.export.clock import Clock
from reader.export.common import Unit, clean, line_of, plain_text, version_ids
from reader.export.selection import EVERYTHING, Selection
from reader.facts import differing_numbers
from reader.languages import known_code, to_bcp47
from reader.model import Confidence, Document, ParallelText, Row, labels, numbered
from reader.printable import counted
from reader.verses import begins_line, is_verse


@dataclass(frozen=True)
class Excerpt:
    """The rows and versions to export, and what the formats need to know of them."""

    parallel: ParallelText
    """The selected rows of the selected versions; unlike a whole text it may lack segments."""
    numbers: tuple[int, ...]
    """Parallel to the rows: their numbers on the screen, from 1. They serve as ids."""
    pairs: tuple[tuple[int, int], ...]
    """(source, target) documents for formats of two languages."""
    chapters: tuple[str, ...]
    """Parallel to the rows: the last heading in the whole text, that of the row itself included."""
    selection: Selection = EVERYTHING
    pivot_language: str = "en"
    """Code of the pivot language."""
    machine: str = ""
    """Code of the language of the machine translations to add; "" for none."""
    notes: tuple[str, ...] = ()
    """Parallel to the rows: the note on each, "" for none; () if no notes are added."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The versions, in the order of their columns."""
        return self.parallel.documents

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Per version the BCP 47 tag of its language; "und" if it is not known."""
        return tuple(to_bcp47(document.language) for document in self.documents)

    @property
    def leader(self) -> int:
        """The version to show first: the source of the first pair, or else the hub."""
        return self.pairs[0][0] if self.pairs else self.parallel.hub

    @property
    def order(self) -> tuple[int, ...]:
        """The versions, the leader first."""
        first = self.leader
        return (first, *(d for d in range(len(self.documents)) if d != first))

    @property
    def machine_tag(self) -> str:
        """The BCP 47 tag of the language of machine translations."""
        return to_bcp47(self.machine)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Per version a short unique name that any text file can hold."""
        return version_ids(self.documents)

    @property
    def title(self) -> str:
        """The names of all versions."""
        return " · ".join(self.ids)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Per version its tag, numbered if several have it; for names of files."""
        return numbered(self.tags)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Per version its tag, with its id if several have it; for heads of columns."""
        return tuple(
            tag if self.tags.count(tag) == 1 else f"{tag}:{name}"
            for tag, name in zip(self.tags, self.ids, strict=True)
        )

    def rows(self) -> Iterator[tuple[int, int, Row]]:
        """Yield (index, number, row)."""
        for index, (number, row) in enumerate(zip(self.numbers, self.parallel.rows, strict=True)):
            yield index, number, row

    @cached_property
    def originals(self) -> tuple[Unit, ...]:
        """Per row the texts of all versions, on one line each, with their no-break spaces."""
        return tuple(
            tuple(map(self._original, self.documents, row.segments)) for row in self.parallel.rows
        )

    def _original(self, document: Document, indices: Sequence[int]) -> str:
        segments = (document.segments[i] for i in indices)
        return self.parallel.join(
            document, [line_of(document.text[s.start : s.stop]) for s in segments]
        )

    @cached_property
    def cells(self) -> tuple[Unit, ...]:
        """Per row the texts of all versions, as `originals` but without control characters."""
        return tuple(
            tuple(text if text.isprintable() else clean(text) for text in texts)
            for texts in self.originals
        )

    @cached_property
    def _verses(self) -> frozenset[int]:
        return frozenset(d for d, document in enumerate(self.documents) if is_verse(document))

    def with_line_breaks(self, index: int, d: int) -> str:
        """Return a cell with a newline before each paragraph and each line of verse in it."""
        document, verse, lines = self.documents[d], d in self._verses, list[str]()
        segments, indices = document.segments, self.parallel.rows[index].segments[d]
        for before, i in zip((None, *indices), indices, strict=False):
            text = document.text[segments.starts[i] : segments.stops[i]]
            texts = [clean(text) for text in (text.split("\n") if verse else [text])]
            if before is not None and not begins_line(document, before, i, verse=verse):
                texts[0] = self.parallel.join(document, [lines.pop(), texts[0]])
            lines += texts
        cell = self.cells[index][d]
        if self.parallel.join(document, lines) != cell:
            return cell
        return self.parallel.join(document, [*lines[:1], *(f"\n{line}" for line in lines[1:])])

    def is_heading(self, row: Row) -> bool:
        """Tell whether a row is a heading in the leader, or else in the first version it has."""
        return _heading(self.documents, row, self.leader) is not None

    def differing(self, index: int) -> dict[int, tuple[tuple[int, int], ...]]:
        """Return version -> spans of the numbers on which it differs from others in a row."""
        every = range(len(self.documents))
        return differing_numbers(self.parallel, index, every, self.pivot_language)

    def flags(self, index: int) -> tuple[str, ...]:
        """Return the flags of a row, such as "doubtful" and "numbers:pt,en"."""
        row = self.parallel.rows[index]
        flags = ["heading"] if self.is_heading(row) else []
        if row.confidence is Confidence.DOUBTFUL:
            flags.append("doubtful")
        for what, versions in (("moved", row.moved), ("numbers", self.differing(index))):
            if versions:
                flags.append(f"{what}:{','.join(self.names[d] for d in versions)}")
        return tuple(flags)

    @cached_property
    def _clocks(self) -> tuple[Clock, ...]:
        return tuple(map(Clock, self.documents))

    def time(self, index: int, document: int) -> tuple[int, int] | None:
        """Return begin and end of a cell in milliseconds; None if its version has no times."""
        return self._clocks[document].time_of(self.parallel.rows[index].segments[document])

    def has_pivot(self, document: int) -> bool:
        """Tell whether machine translations of a version are added; none into its own language."""
        return self.machine not in {"", self.documents[document].language}

    def pivot(self, row: int, document: int) -> str:
        """Return the machine translation of a cell, "" if it is not added."""
        return clean(self.parallel.pivot(row, document)) if self.has_pivot(document) else ""

    def note(self, index: int) -> str:
        """Return the note on a row, "" for none."""
        return self.notes[index] if self.notes else ""

    def controls(self) -> int:
        """Count the control characters that `cells` leave out."""
        return sum(
            plain_text(text)[1]
            for texts in self.originals
            for text in texts
            if not text.isprintable()
        )


def select(parallel: ParallelText, selection: Selection) -> tuple[Excerpt, tuple[str, ...]]:
    """Return the selected rows of the selected versions, and a note on the rows left out.

    Raises:
        ExportError: a pair names no versions, or no row is left.
    """
    pairs = tuple(
        dict.fromkeys(pair for name in selection.pairs for pair in _pairs(parallel, name))
    )
    asked = dict.fromkeys(d for pair in pairs for d in pair)
    shown = list(asked or range(len(parallel.documents)))
    rows = [_restricted(row, shown) for row in parallel.rows]
    place = {d: k for k, d in enumerate(shown)}
    hub = place.get(parallel.hub, 0)
    reduced = tuple((place[d], place[e]) for d, e in pairs)
    tests = list(_tests(selection, len(shown), reduced))
    reasons = [
        next((why for why, holds in tests if not holds(number, row)), "")
        for number, row in enumerate(rows, 1)
    ]
    kept = [r for r, reason in enumerate(reasons) if not reason]
    left_out = Counter(filter(None, reasons))
    documents = tuple(parallel.documents[d] for d in shown)
    chapters = tuple(_chapters(documents, rows, reduced[0][0] if reduced else hub))
    if left_out and not kept:
        raise ExportError(f"rows: none is left ({_account(left_out)}); ask for less")
    text = replace(
        parallel,
        documents=documents,
        pivots=tuple(parallel.pivots[d] for d in shown),
        models=tuple(parallel.models[d] for d in shown if parallel.models),
        rows=tuple(rows[r] for r in kept),
        hub=hub,
    )
    others = tuple((hub, d) for d in range(len(shown)) if d != hub)
    excerpt = Excerpt(
        text,
        numbers=tuple(r + 1 for r in kept),
        pairs=reduced or others,
        chapters=tuple(chapters[r] for r in kept),
        selection=selection,
    )
    rows_out = counted(sum(left_out.values()), "row", "rows")
    return excerpt, (f"{rows_out} left out: {_account(left_out)}",) if left_out else ()


def _account(reasons: Counter[str]) -> str:
    if len(reasons) == 1:
        return next(iter(reasons))
    return ", ".join(f"{count} {why}" for why, count in reasons.items())


def _chapters(documents: Sequence[Document], rows: Sequence[Row], leader: int) -> Iterator[str]:
    """Yield for each row the last heading, that of the row itself included; "" before the first."""
    title = ""
    for row in rows:
        title = _heading(documents, row, leader) or title
        yield title


def _heading(documents: Sequence[Document], row: Row, leader: int) -> str | None:
    """Return the heading in the leader's cell of a row, or else in its first; None if none is."""
    d = next((d for d in (leader, *row.present) if row.segments[d]), leader)
    indices = row.segments[d]
    if indices and documents[d].segments[indices[0]].kind == "heading":
        return clean(" ".join(documents[d].sentence(i) for i in indices))
    return None


def _restricted(row: Row, shown: Sequence[int]) -> Row:
    return replace(
        row,
        segments=tuple(row.segments[d] for d in shown),
        moved=tuple(k for k, d in enumerate(shown) if d in row.moved),
    )


def _tests(
    selection: Selection, versions: int, pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, Callable[[int, Row], bool]]]:
    """Yield (why a row is left out, test that rows must pass); the first that fails is reported."""
    if selection.rows:
        yield (
            "outside the rows asked for",
            lambda number, _: any(
                first <= number and (last is None or number <= last)
                for first, last in selection.rows
            ),
        )
    if pairs:
        yield (
            "without a pair asked for",
            lambda _, row: any(row.segments[d] and row.segments[e] for d, e in pairs),
        )
    if selection.complete:
        yield "with a version missing", lambda _, row: len(row.present) == versions
    if selection.confirmed:
        yield "not confirmed", lambda _, row: row.status != "auto"
    if (shown := selection.shown) is not None:
        yield "not shown", lambda number, _: number - 1 in shown
    if (starred := selection.starred) is not None:
        yield "without a star", lambda number, _: number - 1 in starred
    if selection.types:
        _check_types(selection.types, versions)
        yield "of another type", lambda _, row: _is_of(row, selection.types)
    if selection.min_score > 0:
        yield (
            f"below score {selection.min_score:g}",
            lambda _, row: len(row.present) > 1 and row.score >= selection.min_score,
        )


def _is_of(row: Row, types: frozenset[tuple[int, ...]]) -> bool:
    counts = combinations([count for count in row.type if count], 2)
    return row.type in types or (len(row.present) > 1 and all(pair in types for pair in counts))


def _check_types(types: frozenset[tuple[int, ...]], versions: int) -> None:
    for type_ in sorted(types):
        if len(type_) not in {2, versions}:
            raise ExportError(
                f"type {'-'.join(map(str, type_))!r}: {len(type_)} numbers for {versions} "
                f"versions; write two, or one for each version"
            )


def _pairs(parallel: ParallelText, name: str) -> list[tuple[int, int]]:
    """Return the pairs of documents that are called "pt-en", "pt-BR-en" or "pt1-en"."""
    parts = name.split("-")
    for cut in range(1, len(parts)):
        left, right = (_versions(parallel, "-".join(side)) for side in (parts[:cut], parts[cut:]))
        found = [(d, e) for d in left for e in right if d < e or (d > e and left != right)]
        if found:
            return found
    known = dict.fromkeys(name for names in _names(parallel) for name in names)
    raise ExportError(
        f"pair {name!r}: no two versions are called so; join two of {', '.join(known)} by a hyphen"
    )


def _names(parallel: ParallelText) -> Iterator[tuple[str, str, str]]:
    """Yield the names of each version: its tag, the tag with a number, its label on the screen."""
    tags = [to_bcp47(document.language) for document in parallel.documents]
    screen = map(str.lower, labels(parallel.documents))
    yield from zip(tags, numbered(tags), screen, strict=True)


def _versions(parallel: ParallelText, name: str) -> list[int]:
    """Return the documents of this name, or else in the language of this name."""
    wanted = name.casefold()
    found = [d for d, names in enumerate(_names(parallel)) if wanted in map(str.casefold, names)]
    code = known_code(name)
    return found or [
        d for d, document in enumerate(parallel.documents) if code and document.language == code
    ]
