"""What is known of the texts, in words: languages, sizes, what is aligned and what was skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reader.languages import name_of
from reader.ledger import ALIGNED, UNMATCHED, ledger
from reader.model import Confidence, ParallelText, labels

READ_AS = {"parallel": "translations of one text", "comparable": "reports of one event"}


def about(parallel: ParallelText) -> Iterator[str]:
    """Yield what is known of a text and its versions, line by line."""
    levels = Counter(row.confidence for row in parallel.rows)
    counted = ", ".join(f"{levels[level]} {level.word}" for level in Confidence if levels[level])
    yield f"{len(parallel.rows)} rows, read as {READ_AS[parallel.mode]}"
    yield counted
    for d, tag in enumerate(labels(parallel.documents)):
        document, account = parallel.documents[d], ledger(parallel, d)
        language = name_of(document.language) if document.language else "language unknown"
        yield ""
        yield f"{tag}  {document.name}"
        yield f"  {language}, {len(document.segments)} sentences, {account.total} letters and signs"
        share = {place: count / account.total for place, count in account.characters.items()}
        parts = [f"{share.pop(ALIGNED, 0):.0%} aligned", f"{share.pop(UNMATCHED, 0):.0%} alone"]
        if share:
            kinds = ", ".join(sorted(place.removeprefix("boilerplate: ") for place in share))
            parts.append(f"{sum(share.values()):.0%} skipped ({kinds})")
        yield f"  {', '.join(parts)}"
    if parallel.notes:
        yield from ("", *parallel.notes)
