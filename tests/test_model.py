"""The central values: text on one line, where folded segments stand, what a score means."""

import pytest
from hypothesis import given

from reader.model import Confidence, ParallelText, Pivot, Row, Skip, labels, one_line
from tests.builders import document, parallel
from tests.strategies import parallel_texts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\twords\r\n", "two words"),
        ("hard\nwrapped  line", "hard wrapped line"),
        ("一行\n二行", "一行二行"),
        ("これは。\n  それは", "これは。それは"),
        ("中文\nEnglish", "中文 English"),
        ("안녕\n하세요", "안녕 하세요"),
    ],
    ids=["blanks", "wrap", "chinese", "japanese", "mixed", "korean has blanks"],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("row", "confidence"),
    [
        (Row(((0,), ()), 0.99), Confidence.ALONE),
        (Row(((0,), (0,)), 0.95), Confidence.SURE),
        (Row(((0,), (0,)), 0.7), Confidence.LIKELY),
        (Row(((0,), (0,)), 0.3), Confidence.DOUBTFUL),
        (Row(((0,), (0,)), 0.3, "edited"), Confidence.EDITED),
        (Row(((0,), ()), 0.0, "confirmed"), Confidence.CONFIRMED),
    ],
    ids=lambda value: value.name if isinstance(value, Confidence) else "",
)
def test_confidence(row: Row, confidence: Confidence) -> None:
    assert row.confidence is confidence


def test_a_suspect_pivot_is_no_evidence() -> None:
    assert Pivot("la la la", "loop").evidence == ""
    assert Pivot("a house").evidence == "a house"


def test_cells_join_by_the_habit_of_the_script() -> None:
    text = parallel(
        [
            document(["One.", "Two."]),
            document(["一。", "二。"], language="zh", name="b.txt"),
        ],
        [([[0, 1], [0, 1]], 1.0)],
    )
    assert list(text.cells(0)) == [(0, "One. Two."), (1, "一。二。")]


def test_labels_number_what_has_one_language() -> None:
    documents = [document(["x"], language=code) for code in ("pt", "ru", "pt", "")]
    assert labels(documents) == ("PT1", "RU", "PT2", "??")


def test_where_nothing_is_skipped_the_kept_ones_are_not_listed() -> None:
    assert document(["A.", "B."]).kept == range(2)
    assert list(document(["A.", "B."], skip={0: Skip("repeat", "exact")}).kept) == [1]


def test_folds_stand_under_the_kept_segment_before_them() -> None:
    menu = Skip("boilerplate", "menu")
    text = parallel(
        [
            document(["Menu", "A.", "B.", "Share", "Tags", "C."], skip={0: menu, 3: menu, 4: menu}),
            document(["Date", "X."], name="b.txt", skip={0: menu}),
        ],
        [([[1], []], 0.0), ([[2], []], 0.0), ([[5], [1]], 0.9)],
    )
    folded = {(r, d): text.folded(r, d) for r in range(3) for d in range(2)}
    assert {place: found for place, found in folded.items() if found} == {
        (0, 0): (0,),
        (1, 0): (3, 4),
        (2, 1): (0,),
    }


def test_what_is_skipped_whole_is_folded_under_the_first_row() -> None:
    menu = Skip("boilerplate", "menu")
    skipped = document(["Menu", "Tags"], name="b.txt", skip={0: menu, 1: menu})
    text = parallel([document(["A.", "B."]), skipped], [([[0], []], 0.0), ([[1], []], 0.0)])
    assert [text.folded(r, 1) for r in range(2)] == [(0, 1), ()]


@given(parallel_texts())
def test_every_segment_is_in_one_row_or_one_fold(text: ParallelText) -> None:
    for d, doc in enumerate(text.documents):
        in_rows = sorted(text.row_of[d])
        rows = range(max(1, len(text.rows)))
        in_folds = sorted(i for r in rows for i in text.folded(r, d))
        assert sorted(in_rows + in_folds) == list(range(len(doc.segments)))
