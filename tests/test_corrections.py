"""Corrections keep every segment in one row and every version in its order, and can be undone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from reader.corrections import (
    EDITS,
    Cell,
    Corrected,
    Operation,
    apply,
    confirm_rows,
    link,
    standing_rows,
    version_keys,
)
from reader.errors import CorrectionError
from reader.model import ParallelText, Skip
from tests.builders import document, parallel
from tests.strategies import (
    Wish,
    accounted,
    corrected_texts,
    grant,
    in_order,
    parallel_texts,
    wishes,
)

Shape = list[tuple[tuple[int, ...], ...]]


def text(shape: Sequence[Sequence[Sequence[int]]], hub: int = 0) -> ParallelText:
    """Make a text of rows; every version has the segments that the rows name."""
    sizes = [
        1 + max((i for row in shape for i in row[d]), default=-1) for d in range(len(shape[0]))
    ]
    documents = [
        document([f"{name}{i}." for i in range(size)], name=f"{name}.txt", language=name)
        for name, size in zip(("en", "pt", "ru"), sizes, strict=False)
    ]
    return replace(parallel(documents, [(row, 0.5) for row in shape]), hub=hub)


def shape(found: ParallelText) -> Shape:
    return [row.segments for row in found.rows]


def statuses(found: ParallelText) -> str:
    """Return the sign of every row."""
    return "".join(row.confidence for row in found.rows)


LEVEL = [[[0], [0]], [[1], [1]], [[2], [2]]]
"""Three rows of two versions."""
ALONE = [[[0], [0]], [[1], []], [[2], [1]]]
"""The same, but one version has nothing in the middle."""


@pytest.mark.parametrize(
    ("rows", "edit", "at", "expected", "signs"),
    [
        (LEVEL, "merge", (0, 0), [((0, 1), (0, 1)), ((2,), (2,))], "✎?"),
        ([[[0], []], [[], [0]]], "merge", (0, 0), [((0,), (0,))], "✎"),
        ([[[0, 1], [0, 1]]], "split", (0, 0), [((0,), (0,)), ((1,), (1,))], "✎✎"),
        ([[[0], [0, 1, 2]]], "split", (0, 0), [((0,), (0,)), ((), (1, 2))], "✎✎"),
        (LEVEL, "pull-next", (0, 1), [((0,), (0, 1)), ((1,), ()), ((2,), (2,))], "✎ ?"),
        (ALONE, "pull-next", (1, 1), [((0,), (0,)), ((1,), (1,)), ((2,), ())], "?✎ "),
        (ALONE, "pull-previous", (1, 1), [((0,), ()), ((1,), (0,)), ((2,), (1,))], " ✎?"),
        ([[[0], []], [[], [0, 1]]], "pull-next", (0, 1), [((0,), (0,)), ((), (1,))], "✎ "),
        (LEVEL, "pull-previous", (2, 1), [((0,), (0,)), ((1,), ()), ((2,), (1, 2))], "? ✎"),
        (LEVEL, "pull-previous", (1, 0), [((), (0,)), ((0, 1), (1,)), ((2,), (2,))], " ✎?"),
        (LEVEL, "push-next", (1, 1), [((0,), (0,)), ((1,), ()), ((2,), (1, 2))], "?✎✎"),
        (LEVEL, "push-next", (2, 1), [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2,))], "??✎✎"),
        (LEVEL, "push-previous", (1, 1), [((0,), (0, 1)), ((1,), ()), ((2,), (2,))], "✎✎?"),
        (LEVEL, "push-previous", (0, 0), [((0,), ()), ((), (0,)), ((1,), (1,)), ((2,), (2,))],
         "✎✎??"),
        ([[[0], []], [[1], [0]]], "push-previous", (1, 1), [((0,), (0,)), ((1,), ())], "✎✎"),
        (LEVEL, "unlink", (1, 1), [((0,), (0,)), ((1,), ()), ((), (1,)), ((2,), (2,))], "?✎ ?"),
        (LEVEL, "unlink", (1, 0), [((0,), (0,)), ((), (1,)), ((1,), ()), ((2,), (2,))], "?✎ ?"),
        (LEVEL, "confirm", (1, 0), LEVEL, "?✓?"),
    ],
)  # fmt: skip
def test_edits(
    rows: Sequence[Sequence[Sequence[int]]],
    edit: str,
    at: tuple[int, int],
    expected: Sequence[Sequence[Sequence[int]]],
    signs: str,
) -> None:
    base = text(rows)
    found = apply(base, [EDITS[edit](base, *at)])
    assert shape(found) == [tuple(map(tuple, row)) for row in expected]
    assert statuses(found) == signs


@pytest.mark.parametrize(
    ("edit", "at", "reason"),
    [
        ("merge", (2, 0), "the last row"),
        ("split", (0, 0), "no version has two"),
        ("pull-next", (2, 1), "PT has no sentence further on"),
        ("pull-previous", (0, 0), "EN has no sentence further on"),
        ("pull-next", (3, 1), "PT has no sentence further on"),
        ("push-next", (3, 1), "PT has nothing in this row"),
        ("push-next", (3, 0), "no row further on"),
        ("unlink", (3, 1), "PT has nothing in this row"),
        ("unlink", (3, 0), "EN stands alone already"),
        ("release", (0, 0), "nothing was said"),
    ],
)
def test_what_makes_no_sense_is_refused(edit: str, at: tuple[int, int], reason: str) -> None:
    rows = [*LEVEL, [[3], []]]
    if edit == "merge":
        rows = LEVEL
    with pytest.raises(CorrectionError, match=reason):
        EDITS[edit](text(rows), *at)


def test_the_row_before_the_first_and_behind_the_last_is_a_new_one() -> None:
    base = text([[[0, 1], [0]]])
    below = apply(base, [EDITS["push-next"](base, 0, 0)])
    assert shape(below) == [((0,), (0,)), ((1,), ())]
    above = apply(base, [EDITS["push-previous"](base, 0, 0)])
    assert shape(above) == [((0,), ()), ((1,), (0,))]


def test_a_link_across_is_marked_as_moved() -> None:
    base = text([*LEVEL, [[3], []]])
    found = apply(base, [link(base, 3, 1, (0,))])
    assert shape(found) == [((0,), ()), ((1,), (1,)), ((2,), (2,)), ((3,), (0,))]
    assert [row.moved for row in found.rows] == [(), (), (), (1,)]


def test_what_was_said_of_versions_that_stay_together_holds() -> None:
    corrected = Corrected(text(LEVEL))
    corrected.do(link(corrected.text, 2, 1, (0,)))
    corrected.do(link(corrected.text, 0, 1, (2,)))
    assert shape(corrected.text) == [((0,), (2,)), ((1,), (1,)), ((2,), (0,))]
    assert statuses(corrected.text) == "✎?✎"
    corrected.do(EDITS["pull-next"](corrected.text, 1, 1))
    assert statuses(corrected.text) == " ✎✎"
    assert len(standing_rows(corrected.operations)) == 2


@pytest.mark.parametrize(
    ("at", "reason"), [((0, 1, (0,)), "in this row already"), ((1, 0, (0,)), "rows follow EN")]
)
def test_a_link_that_is_none(at: tuple[int, int, tuple[int, ...]], reason: str) -> None:
    with pytest.raises(CorrectionError, match=reason):
        link(text(LEVEL), *at)


def test_releasing_gives_a_row_back_to_the_aligner() -> None:
    corrected = Corrected(text(LEVEL))
    corrected.do(confirm_rows(corrected.text, range(2)))
    assert statuses(corrected.text) == "✓✓?"
    assert [row.score for row in corrected.text.rows] == [1.0, 1.0, 0.5]
    corrected.do(EDITS["release"](corrected.text, 0, 0))
    assert corrected.text.rows[0] == corrected.base.rows[0]
    corrected.do(EDITS["merge"](corrected.text, 1, 0))
    corrected.do(EDITS["release"](corrected.text, 1, 0))
    assert statuses(corrected.text) == "??"
    assert standing_rows(corrected.operations) == {}


def test_segments_are_found_by_their_place_in_the_text() -> None:
    base = text(LEVEL)
    operation = EDITS["merge"](base, 0, 0)
    columns = replace(parallel([*base.documents[::-1]], [(row[::-1], 0.9) for row in LEVEL]), hub=1)
    assert shape(apply(columns, [operation])) == [((0, 1), (0, 1)), ((2,), (2,))]


def test_an_operation_survives_another_alignment() -> None:
    operation = EDITS["merge"](text(LEVEL), 0, 0)
    other = text([[[0], []], [[1], [0]], [[2], [1, 2]]])
    found = apply(other, [operation])
    assert shape(found) == [((0, 1), (0, 1)), ((2,), (2,))]
    assert statuses(found) == "✎?"


def test_equal_texts_are_told_apart_by_number() -> None:
    twins = [document(["Same."], name=name) for name in ("a.txt", "b.txt")]
    assert version_keys(twins) == (twins[0].digest, f"{twins[0].digest}-2")
    assert version_keys(twins[::-1]) == version_keys(twins)[::-1]


KEY = document(["en0.", "en1.", "en2."]).digest


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[Cell("0" * 16, ((0, 4),))]], "not among these files"),
        ([[Cell(KEY, ((0, 5),))]], "no sentence is at 0-5"),
        ([[Cell(KEY, ((999, 1004),))]], "no sentence is at 999-1004"),
        ([[Cell(KEY, ((10, 14),))]], "no sentence is at 10-14"),
        ([[Cell(KEY, ((0, 4), (0, 4)))]], "twice"),
        ([[Cell(KEY, ((5, 9), (0, 4)))]], "out of order"),
        ([[Cell(KEY, ((0, 4),))], [Cell(KEY, ((0, 4),))]], "twice"),
        ([[]], "holds nothing"),
    ],
    ids=["version", "stop", "beyond", "skipped", "twice", "order", "two rows", "empty"],
)
def test_an_operation_that_does_not_fit_is_refused(rows: list[list[Cell]], reason: str) -> None:
    english = document(["en0.", "en1.", "en2."], skip={2: Skip("boilerplate", "menu")})
    base = parallel([english], [([[0]], 0.0), ([[1]], 0.0)])
    bad = Operation("merge", tuple(map(tuple, rows)))
    corrected = Corrected(base)
    with pytest.raises(CorrectionError, match=reason):
        corrected.do(bad)
    assert corrected.text == base
    assert corrected.operations == ()
    found = apply(base, [bad])
    assert found.rows == base.rows
    assert reason in found.notes[0]


def test_nothing_to_undo_is_said() -> None:
    with pytest.raises(CorrectionError, match="nothing was corrected"):
        Corrected(text(LEVEL)).undo()


def test_what_does_not_fit_keeps_its_place_in_the_list() -> None:
    strange = Operation("merge", ((Cell("0" * 16, ((0, 4),)),),))
    merge = EDITS["merge"](text(LEVEL), 0, 0)
    corrected = Corrected(text(LEVEL), [merge, strange])
    assert len(corrected.refused) == 1
    assert corrected.undo() == strange
    assert shape(corrected.text) == [((0, 1), (0, 1)), ((2,), (2,))]
    assert corrected.undo() == merge
    assert corrected.text == text(LEVEL)


# Any sequence of operations


@given(parallel_texts(full=True), wishes)
def test_any_corrections_keep_all_segments_and_orders(
    base: ParallelText, list_: list[Wish]
) -> None:
    corrected = Corrected(base)
    for wish in list_ if base.rows else []:
        before = corrected.text
        try:
            grant(corrected, wish)
        except CorrectionError:
            assert corrected.text == before
        now = corrected.text
        assert accounted(now)
        assert in_order(now)
        assert all(row.moved == tuple(d for d in row.moved if row.segments[d]) for row in now.rows)
        for r, row in enumerate(now.rows):
            assert all(corrected.row(d, i) == r for d in row.present for i in row.segments[d])
    assert apply(base, corrected.operations) == corrected.text
    while corrected.operations:
        corrected.undo()
        assert corrected.text == apply(base, corrected.operations)
    assert corrected.text == base


@given(corrected_texts(), parallel_texts())
def test_what_stands_is_what_is_marked(corrected: Corrected, other: ParallelText) -> None:
    marked = {row.segments: row.status for row in corrected.text.rows if row.status != "auto"}
    rows = standing_rows(corrected.operations)
    assert len(rows) == len(marked)
    one_by_one = [
        Operation("confirm" if status == "confirmed" else "edit", (cells,))
        for cells, status in rows.items()
    ]
    again = apply(corrected.base, one_by_one)
    assert {row.segments: row.status for row in again.rows if row.status != "auto"} == marked
    elsewhere = apply(other, one_by_one)  # other texts: refused, and never a crash
    assert accounted(elsewhere)
