"""What matches what, and where it is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SearchError
from reader.model import Skip
from reader.tui.search import REGEX, Hit, Query, fold, hit, ring
from tests.builders import document, parallel


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        pytest.param("mare", "A maré subiu", ["maré"], id="accent"),
        pytest.param(
            "MARÉ", "mare mar\u00e9 mare\u0301", ["mare", "maré", "mare\u0301"], id="case"
        ),
        pytest.param("елка", "Ёлка", ["Ёлка"], id="yo"),
        pytest.param("strasse", "die Straße", ["Straße"], id="sharp-s"),
        pytest.param("don't", "don’t", ["don’t"], id="apostrophe"),
        pytest.param('"yes" - no', "«yes» — no", ["«yes» — no"], id="quotes-and-dash"),
        pytest.param("か", "が", [], id="voicing-is-another-sound"),
        pytest.param("가", "각", [], id="hangul-is-whole"),
        pytest.param("كتب", "كُتُب", ["كُتُب"], id="vowel-signs"),
        pytest.param("aa", "aaaaa", ["aa", "aa"], id="disjoint"),
        pytest.param("s", "ßs", ["ß", "s"], id="half-of-a-folded-letter"),
        pytest.param("🚀", "👩\u200d🚀!", ["👩\u200d🚀"], id="joined-emoji"),
        pytest.param("👩", "👩\u200d🚀!", ["👩\u200d🚀"], id="joined-emoji-begun"),
        pytest.param("ß", "s", [], id="part-of-a-folded-letter"),
        pytest.param("/l[aâ]mp", "Lamp, lâmpada", ["Lamp", "lâmp"], id="regular expression"),
        pytest.param("/\\d+", "14 of ١٥", ["14", "١٥"], id="digits of any script"),
        pytest.param("/x*", "axxb", ["xx"], id="nothing is no match"),
        pytest.param("/🚀", "👩\u200d🚀!", ["👩\u200d🚀"], id="part of a joined emoji"),
        pytest.param("/", "either/or", ["/"], id="a slash alone"),
        pytest.param("", "text", [], id="empty"),
        pytest.param("\u0301", "e\u0301", [], id="only-a-mark"),
    ],
)
def test_query_finds(query: str, text: str, found: list[str]) -> None:
    assert [text[start:stop] for start, stop in Query(query).spans(text)] == found


@given(st.text(), st.text(max_size=3).filter(lambda query: not query.startswith(REGEX)))
def test_marks_are_disjoint_in_order_and_fold_to_the_query(text: str, query: str) -> None:
    spans = Query(query).spans(text)
    offsets = [offset for span in spans for offset in span]
    assert offsets == sorted(offsets)
    assert all(fold(query) in fold(text[start:stop]) for start, stop in spans)
    assert bool(spans) == Query(query).matches(text)


@given(st.integers(1, 9), st.booleans(), st.data())
def test_every_row_is_visited_once_and_the_start_last(
    rows: int, backwards: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, rows - 1))
    visited = list(ring(start, range(rows), backwards=backwards))
    assert sorted(visited) == list(range(rows))
    assert visited[-1] == start


def test_a_new_search_begins_with_the_row_of_the_cursor() -> None:
    assert list(ring(1 - 1, range(3))) == [1, 2, 0]
    assert list(ring(0 - 1, range(3))) == [0, 1, 2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("maré", Hit(0, 1, "text"), id="original"),
        pytest.param("rose", Hit(0, 1, "pivot"), id="pivot"),
        pytest.param("também", Hit(0, 1, "skipped"), id="skipped"),
        pytest.param("tide", Hit(0, 0, "text"), id="original-before-pivot"),
        pytest.param("nothing", None, id="none"),
    ],
)
def test_a_row_is_searched_in_every_version_and_the_pivot(query: str, expected: Hit | None) -> None:
    left = document(["The tide came in."])
    skip = {1: Skip("boilerplate", "see also")}
    right = document(["A maré subiu.", "Ver também."], language="pt", skip=skip)
    pivots = [left.sentences, ["The tide rose.", ""]]
    text = parallel([left, right], [([[0], [0]], 0.9)], pivots=pivots)
    assert hit(text, 0, (0, 1), Query(query)) == expected


def test_a_ring_of_some_rows() -> None:
    rows = [2, 5, 9]
    assert list(ring(5, rows)) == [9, 2, 5]
    assert list(ring(6, rows)) == [9, 2, 5]
    assert list(ring(5, rows, backwards=True)) == [2, 9, 5]


@pytest.mark.parametrize(
    ("query", "message"),
    [("/(", "'(': no regular expression (missing )"), ("/(a+)+(b+)+\\1c", "takes too long")],
)
def test_what_cannot_be_searched_for_is_said(query: str, message: str) -> None:
    with pytest.raises(SearchError) as raised:
        Query(query).spans("a" * 3000 + "b" * 3000 + "d")
    assert message in str(raised.value)
