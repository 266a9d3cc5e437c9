"""Which rows and versions are written: the filters that all formats share."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ExportError
from reader.export import Selection
from reader.export.excerpt import Excerpt, select
from reader.export.selection import pairs_of, rows_of, types_of
from reader.model import ParallelText
from tests.builders import document, parallel
from tests.strategies import parallel_texts


def text() -> ParallelText:
    """Make three versions, the first two in one language."""
    documents = [
        document(["a1", "a2", "a3", "a4"], language="pb", name="a.txt"),
        document(["b1", "b2"], language="pb", name="b.txt"),
        document(["c1", "c2", "c3", "c4"], language="ru", name="c.txt"),
    ]
    rows: list[tuple[Sequence[Sequence[int]], float]] = [
        ([[0], [0], [0]], 0.95),
        ([[1], [], [1, 2]], 0.7),
        ([[2], [1], []], 0.9),
        ([[3], [], []], 0.0),
        ([[], [], [3]], 0.0),
    ]
    return parallel(documents, rows, confirmed=(1,), moved={0: (2,)})


def written(selection: Selection) -> tuple[int, ...]:
    return select(text(), selection)[0].numbers


@pytest.mark.parametrize(
    ("asked", "numbers", "note"),
    [
        ({}, (1, 2, 3, 4, 5), None),
        ({"min_score": 0.8}, (1, 3), "3 rows left out: below score 0.8"),
        ({"confirmed": True}, (2,), "4 rows left out: not confirmed"),
        ({"complete": True}, (1,), "4 rows left out: with a version missing"),
        ({"starred": {1, 3}}, (2, 4), "3 rows left out: without a star"),
        ({"shown": {0, 2}}, (1, 3), "3 rows left out: not shown"),
        ({"pairs": ("pb-ru",)}, (1, 2), "3 rows left out: without a pair asked for"),
        ({"pairs": ("pb1-pb2",)}, (1, 3), "3 rows left out: without a pair asked for"),
        ({"types": {(1, 1)}}, (1, 3), "3 rows left out: of another type"),
        ({"types": {(1, 1), (1, 2)}}, (1, 2, 3), "2 rows left out: of another type"),
        ({"types": {(1, 0, 2)}}, (2,), "4 rows left out: of another type"),
        ({"types": {(1, 0, 0), (0, 0, 1)}}, (4, 5), "3 rows left out: of another type"),
        ({"rows": ((2, 3), (5, None))}, (2, 3, 5), "2 rows left out: outside the rows asked for"),
        (
            {"rows": ((1, 3),), "complete": True, "min_score": 0.99, "confirmed": False},
            None,
            "rows: none is left (1 below score 0.99, 2 with a version missing, "
            "2 outside the rows asked for); ask for less",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_filters(asked: dict[str, Any], numbers: tuple[int, ...] | None, note: str | None) -> None:
    selection = Selection(**asked)
    if numbers is None:
        with pytest.raises(ExportError) as raised:
            select(text(), selection)
        assert str(raised.value) == note
    else:
        excerpt, notes = select(text(), selection)
        assert (excerpt.numbers, notes) == (numbers, (note,) if note else ())


@pytest.mark.parametrize(
    ("names", "versions", "pairs"),
    [
        ((), "abc", [(0, 1), (0, 2)]),
        (("pt-BR-ru",), "acb", [(0, 1), (2, 1)]),
        (("ru-pb",), "cab", [(0, 1), (0, 2)]),
        (("pb2-ru",), "bc", [(0, 1)]),
        (("pt-BR2-ru",), "bc", [(0, 1)]),
        (("RU-PB2",), "cb", [(0, 1)]),
        (("pb-pb",), "ab", [(0, 1)]),
        (("pb1-ru", "ru-pb1", "pb1-ru"), "ac", [(0, 1), (1, 0)]),
    ],
    ids=str,
)
def test_pairs_choose_versions(
    names: tuple[str, ...], versions: str, pairs: list[tuple[int, int]]
) -> None:
    excerpt, _ = select(text(), Selection(pairs=names))
    assert "".join(excerpt.ids) == versions
    assert list(excerpt.pairs) == pairs


def test_what_is_left_of_a_row_keeps_its_order_and_its_marks() -> None:
    excerpt, _ = select(text(), Selection(pairs=("pb2-ru",)))
    (row,) = excerpt.parallel.rows
    assert (row.segments, row.moved, excerpt.parallel.hub) == (((0,), (0,)), (1,), 0)
    assert [excerpt.cells[0][d] for d in row.present] == ["b1", "c1"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"pairs": ("pt-ru",)}, "pair 'pt-ru': no two versions are called so; "
         "join two of pt-BR, pt-BR1, pb1, pt-BR2, pb2, ru by a hyphen"),
        ({"pairs": ("ru-ru",)}, "pair 'ru-ru': no two versions"),
        ({"types": {(1, 1, 1, 1)}}, "type '1-1-1-1': 4 numbers for 3 versions; "
         "write two, or one for each version"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_chosen_is_an_error(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ExportError) as raised:
        select(text(), Selection(**asked))
    assert str(raised.value).startswith(message)


@given(parallel_texts(full=True, confirm=True), st.floats(0, 1), st.booleans(), st.booleans())
def test_every_row_is_written_or_counted(
    whole: ParallelText, score: float, complete: bool, confirmed: bool
) -> None:
    selection = Selection(min_score=score, complete=complete, confirmed=confirmed)
    try:
        excerpt, notes = select(whole, selection)
    except ExportError:  # none is left
        return
    counts = [int(note.split()[0]) for note in notes]
    assert len(excerpt.numbers) + sum(counts) == len(whole.rows)
    for _, number, row in excerpt.rows():
        assert row == whole.rows[number - 1]


def test_text_keeps_no_break_spaces_and_loses_controls() -> None:
    whole = parallel(
        [document(["«\u00a0Ah\u202f!\u00a0»\n dit\x1b[1m  elle.\u00a0"], language="fr")],
        [([[0]], 0.0)],
    )
    excerpt: Excerpt = select(whole, Selection())[0]
    assert excerpt.cells[0][0] == "«\u00a0Ah\u202f!\u00a0» dit[1m elle."
    assert excerpt.controls() == 1


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (pairs_of, "pt-en, ru-en", ("pt-en", "ru-en")),
        (pairs_of, "", ()),
        (pairs_of, "pt", "pair 'pt': not two languages; write it as pt-en"),
        (pairs_of, "pt-en,", "pair '': not two"),
        (types_of, "1-1, 2-1", frozenset({(1, 1), (2, 1)})),
        (types_of, "1-1-0", frozenset({(1, 1, 0)})),
        (types_of, "1", "type '1': not numbers of segments; write it as 1-1"),
        (types_of, "1:1", "type '1:1'"),
        (rows_of, "10-200", ((10, 200),)),
        (rows_of, "7, 9-", ((7, 7), (9, None))),
        (rows_of, "0-3", "rows '0-3': no row numbers; write them as 10-200, 10- or 10"),
        (rows_of, "9-3", "rows '9-3'"),
        (rows_of, "-3", "rows '-3'"),
        (rows_of, "a", "rows 'a'"),
        (rows_of, "9" * 5000, "rows '999"),
    ],
    ids=lambda value: value[:9] if isinstance(value, str) else "",
)
def test_lists_are_read(read: Callable[[str], object], written: str, value: object) -> None:
    if isinstance(value, str):
        with pytest.raises(ExportError) as raised:
            read(written)
        assert str(raised.value).startswith(value)
    else:
        assert read(written) == value
