"""Columns hold what they are made of, and look like a tuple of it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.columns import Pivot, Pivots, Segment, Segments, Sentences, Skip, Texts
from tests.builders import document

numbers = st.integers(0, 2**32 - 1)
skips = st.none() | st.builds(Skip, st.just("repeat"), st.text(), st.none() | numbers)
segments = st.builds(
    Segment,
    *(numbers, numbers, numbers),
    language=st.sampled_from(("pt", "ru", "")),
    kind=st.sampled_from(("sentence", "heading")),
    skip=skips,
)
pivots = st.builds(Pivot, st.text(), st.none() | st.sampled_from(("loop", "copied")))


def check(column: Sequence[object], values: Sequence[object]) -> None:
    assert (list(column), len(column)) == (list(values), len(values))
    assert [column[i] for i in range(-len(values), len(values))] == [*values, *values]
    assert list(column[1:-1]) == list(values[1:-1])
    with pytest.raises(IndexError):
        column[len(values)]


@given(st.lists(segments))
def test_segments_come_back(values: list[Segment]) -> None:
    check(Segments.of(values), values)
    assert Segments.of(values) == Segments.of(tuple(values))


@given(st.lists(st.text()))
def test_texts_come_back(values: list[str]) -> None:
    check(Texts.of(values), values)


@given(st.lists(pivots))
def test_pivots_come_back(values: list[Pivot]) -> None:
    check(Pivots.of(values), values)


def test_sentences_are_on_one_line() -> None:
    made = document(["Two  \t words.", "hard\nwrapped", "一\n二"], language="zh")
    assert isinstance(made.sentences, Sentences)
    check(made.sentences, ["Two words.", "hard wrapped", "一二"])


@given(st.lists(pivots), st.lists(pivots))
def test_a_digest_tells_what_is_said(some: list[Pivot], others: list[Pivot]) -> None:
    assert (Pivots.of(some).digest == Pivots.of(others).digest) == (some == others)


@given(st.lists(segments, max_size=6), st.data())
def test_what_is_special_is_known_without_a_look_at_all(
    values: list[Segment], data: st.DataObject
) -> None:
    column = Segments.of(values)
    some = data.draw(st.sets(st.sampled_from(range(len(values))))) if values else set()
    assert column.skips == {i: s.skip for i, s in enumerate(values) if s.skip}
    assert column.headings == tuple(i for i, s in enumerate(values) if s.kind == "heading")
    for indices in (tuple(some), range(len(values)), ()):
        assert column.languages(indices) == {values[i].language for i in indices}


def test_plain_segments_are_no_objects() -> None:
    plain = [Segment(i, i + 1, i, "pt") for i in range(100)]
    assert not Segments.of(plain).special
    assert list(Segments.of([*plain, Segment(100, 101, 100, "en")]).special) == [100]
