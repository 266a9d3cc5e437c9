"""How long sentences are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.length import lengths


@pytest.mark.parametrize(
    ("text", "length"),
    [
        pytest.param("", 1, id="empty"),
        pytest.param("two words", 10, id="letters and blank"),
        pytest.param("灯台", 7, id="ideographs"),
        pytest.param("マンデラ", 5, id="kana"),
        pytest.param("1987", 9, id="digits"),
        pytest.param("١٩٨٧", 9, id="Arabic digits"),
        pytest.param("Oh, no!", 12, id="marks"),
        pytest.param("那么，", 10, id="full-width mark"),
        pytest.param("\ud800", 2, id="half of a character"),
    ],
)
def test_length(text: str, length: float) -> None:
    assert lengths([text]).tolist() == [length]


@given(st.lists(st.text()))
def test_every_text_has_its_own_length(texts: list[str]) -> None:
    assert lengths(texts).tolist() == [float(lengths([text])[0]) for text in texts]
