"""The account of every character: aligned, unmatched, or skipped with a reason.

`reader stats` prints it. If it does not add up, text was lost.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, zip_longest

from reader.languages import name_of
from reader.model import Confidence, Document, ParallelText, labels
from reader.printable import counted, printable

_SCREEN = 80
"""Cells of a line."""
ALIGNED = "aligned"
UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Ledger:
    """How much of one document is aligned, unmatched and skipped.

    Keys are "aligned", "unmatched", and for skipped text "repeat" or "boilerplate: " and its kind.
    """

    total: int
    """Non-space characters of the document."""
    characters: dict[str, int]
    """Non-space characters by key."""
    segments: dict[str, int]
    """Segments by key."""

    @property
    def adds_up(self) -> bool:
        """Whether every character is accounted for once."""
        return self.total == sum(self.characters.values())


def ledger(parallel: ParallelText, document: int) -> Ledger:
    """Draw up the account of one document."""
    doc = parallel.documents[document]
    characters: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    for i, segment in enumerate(doc.segments):
        if segment.skip:
            repeat = segment.skip.reason == "repeat"
            place = "repeat" if repeat else f"boilerplate: {segment.skip.detail}"
        else:
            row = parallel.row_of[document].get(i)
            if row is None:
                continue  # lost: the sum will show it
            place = ALIGNED if len(parallel.rows[row].present) > 1 else UNMATCHED
        characters[place] += _visible(doc.text[segment.start : segment.stop])
        segments[place] += 1
    return Ledger(_visible(doc.text), dict(characters), dict(segments))


def data(parallel: ParallelText) -> dict[str, object]:
    """Return the whole account as values for JSON."""
    documents = range(len(parallel.documents))
    ledgers = [ledger(parallel, d) for d in documents]
    return {
        "mode": parallel.mode,
        "rows": len(parallel.rows),
        "documents": [
            {"name": document.name, "language": document.language, "adds_up": account.adds_up}
            | asdict(account)
            for document, account in zip(parallel.documents, ledgers, strict=True)
        ],
        "types": {
            "-".join(map(str, type_)): count for type_, count in _types(parallel).most_common()
        },
        "confidence": {level.word: count for level, count in _levels(parallel).most_common()},
        "pairs": [
            {"documents": [a, b], "rows": count} for (a, b), count in _pairs(parallel).items()
        ],
    }


def lines(parallel: ParallelText) -> Iterator[str]:
    """Yield the account as lines to read: a column for each document, then counts of rows."""
    texts = counted(len(parallel.documents), "document", "documents")
    rows = counted(len(parallel.rows), "row", "rows")
    yield f"{texts}, {rows}" + (f", read as {parallel.mode}" if len(parallel.documents) > 1 else "")
    yield ""
    yield from _columns(_table(parallel))
    yield ""
    yield from _counts(parallel)


def _table(parallel: ParallelText) -> list[list[str]]:
    """Return the accounts of all documents, one in a column."""
    documents = parallel.documents
    languages = zip(labels(documents), documents, strict=True)
    ledgers = [ledger(parallel, d) for d in range(len(documents))]
    table = [
        ["", *(printable(document.name) for document in documents)],
        ["language", *(f"{label} ({_language(document)})" for label, document in languages)],
        ["segments", *(str(len(document.segments)) for document in documents)],
        ["characters", *(str(account.total) for account in ledgers)],
    ]
    places = {place: None for account in ledgers for place in account.characters}
    order = sorted(places, key=lambda place: (place != ALIGNED, place != UNMATCHED, place))
    table += [[f"  {place}", *(_share(account, place) for account in ledgers)] for place in order]
    return [*table, ["  sum", *(_sum(account) for account in ledgers)]]


def _counts(parallel: ParallelText) -> Iterator[str]:
    """Yield how many rows there are of each type and level, and for each pair of documents."""
    names = labels(parallel.documents)
    yield f"rows by segments in {', '.join(names)}"
    for type_, count in _types(parallel).most_common():
        yield f"  {'-'.join(map(str, type_))}  {count}"
    yield "rows by confidence"
    levels = _levels(parallel)
    for level in filter(levels.get, Confidence):
        yield f"  {level.word}  {levels[level]}"
    if len(names) > 1:
        yield "rows that pair"
        pairs = _pairs(parallel)
        matrix = [[f"  {b}", *(str(pairs[a, d]) for a in range(d))] for d, b in enumerate(names)]
        yield from _columns([["", *names[:-1]], *matrix[1:]])


def _types(parallel: ParallelText) -> Counter[tuple[int, ...]]:
    return Counter(row.type for row in parallel.rows)


def _levels(parallel: ParallelText) -> Counter[Confidence]:
    return Counter(row.confidence for row in parallel.rows)


def _pairs(parallel: ParallelText) -> dict[tuple[int, int], int]:
    """Count the rows that hold both documents, for each pair of documents."""
    found = Counter(pair for row in parallel.rows for pair in combinations(row.present, 2))
    return {pair: found[pair] for pair in combinations(range(len(parallel.documents)), 2)}


def _language(document: Document) -> str:
    return name_of(document.language) if document.language else "unknown"


def _share(account: Ledger, place: str) -> str:
    if place not in account.characters:
        return "-"
    return f"{account.characters[place]} ({account.characters[place] / account.total:.0%})"


def _sum(account: Ledger) -> str:
    total = sum(account.characters.values())
    return f"{total} {'= all' if account.adds_up else f'of {account.total}: LOST'}"


def _columns(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; what a screen is too narrow for comes below, in further parts."""
    from rich.cells import cell_len, set_cell_size

    columns = list(zip_longest(*table, fillvalue=""))
    widths = [max(map(cell_len, column)) + 2 for column in columns]
    parts = [[0]]
    for k in range(1, len(columns)):
        if len(parts[-1]) > 1 and sum(widths[c] for c in (*parts[-1], k)) > _SCREEN + 2:
            parts.append([0])
        parts[-1].append(k)
    for part in parts:
        if part is not parts[0]:
            yield ""
        for cells in zip(*(columns[k] for k in part), strict=True):
            shown = map(set_cell_size, cells, (widths[k] for k in part))
            yield "".join(shown).rstrip()


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
