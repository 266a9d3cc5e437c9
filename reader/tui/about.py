"""The page about the texts: languages, sizes, what is aligned, what was skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reader.languages import name_of
from reader.ledger import ALIGNED, UNMATCHED, ledger
from reader.model import Confidence, ParallelText, labels
from reader.printable import counted

READ_AS = {"parallel": "translations of one text", "comparable": "reports of one event"}


def about(parallel: ParallelText) -> Iterator[str]:
    """Yield the lines of the page."""
    levels = Counter(row.confidence for row in parallel.rows)
    rows = counted(len(parallel.rows), "row", "rows")
    yield rows + (f", read as {READ_AS[parallel.mode]}" if len(parallel.documents) > 1 else "")
    yield ", ".join(f"{levels[level]} {level.word}" for level in Confidence if levels[level])
    for d, tag in enumerate(labels(parallel.documents)):
        document, account = parallel.documents[d], ledger(parallel, d)
        language = name_of(document.language) if document.language else "language unknown"
        yield ""
        yield f"{tag}  {document.name}"
        size = counted(len(document.segments), "sentence", "sentences")
        yield f"  {language}, {size}, {account.total} letters and signs"
        share = {place: count / account.total for place, count in account.characters.items()}
        parts = [f"{share.pop(ALIGNED, 0):.0%} aligned", f"{share.pop(UNMATCHED, 0):.0%} alone"]
        if share:
            kinds = ", ".join(sorted(place.removeprefix("boilerplate: ") for place in share))
            parts.append(f"{sum(share.values()):.0%} skipped ({kinds})")
        yield f"  {', '.join(parts)}"
    if parallel.notes:
        yield from ("", *parallel.notes)
