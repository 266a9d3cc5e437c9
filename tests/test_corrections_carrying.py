"""What was corrected among some versions holds among more of them, and among fewer."""

from contextlib import suppress
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from reader.corrections import Corrected, apply, operations_for, standing_rows, version_keys
from reader.corrections.carrying import carry_over
from reader.errors import CorrectionError
from reader.model import ParallelText
from tests.strategies import Wish, accounted, grant, in_order, parallel_texts, wishes


def without_last(text: ParallelText) -> ParallelText:
    """Return the text without its last version."""
    rows = tuple(replace(row, segments=row.segments[:-1], moved=()) for row in text.rows)
    return replace(
        text,
        documents=text.documents[:-1],
        pivots=text.pivots[:-1],
        rows=tuple(row for row in rows if row.present),
        hub=min(text.hub, len(text.documents) - 2),
    )


@given(parallel_texts(full=True), wishes, st.booleans())
def test_rows_hold_among_other_versions(whole: ParallelText, list_: list[Wish], more: bool) -> None:
    digests = {document.digest for document in whole.documents}
    assume(len(digests) == len(whole.documents) > 2)
    part = without_last(whole)
    before, after = (part, whole) if more else (whole, part)
    corrected = Corrected(before)
    for wish in list_ if before.rows else []:
        with suppress(CorrectionError):
            grant(corrected, wish)
    rows = standing_rows(corrected.operations)
    found = apply(after, operations_for(carry_over(after, rows, version_keys(before.documents))))
    assert found.notes == ()
    assert accounted(found)
    assert in_order(found)
    marked = {row.segments[: len(part.documents)] for row in found.rows if row.status != "auto"}
    wanted = {
        row.segments[: len(part.documents)]
        for row in corrected.text.rows
        if row.status != "auto" and any(row.segments[: len(part.documents)])
    }
    assert marked == wanted
    if more:
        confirmed = [row for row in found.rows if row.status == "confirmed"]
        assert all(not row.segments[-1] for row in confirmed)
