"""Texts are folded to what they have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.text import fold, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("São PAULO", "sao paulo", id="case and accents"),
        pytest.param("55,000 barrels", "55000 barrels", id="English thousands"),
        pytest.param("1.500.000 barris", "1500000 barris", id="Portuguese thousands"),
        pytest.param("1\u00a0500\u00a0000", "1500000", id="no-break spaces"),
        pytest.param("1\u202f500", "1500", id="narrow spaces"),
        pytest.param("1’500", "1500", id="Swiss thousands"),
        pytest.param("1.234,5", "1234,5", id="a fraction follows"),
        pytest.param("٣٫٥ و ١٬٥٠٠", "3٫5 و 1500", id="Arabic digits"),
        pytest.param("１２，５００", "12500", id="full width"),
        pytest.param("0.125", "0.125", id="fraction"),
        pytest.param("1998 250 ships", "1998 250 ships", id="a year and a number"),
        pytest.param("1,2,345", "1,2,345", id="list"),
        pytest.param("12.10.2006", "12.10.2006", id="date"),
        pytest.param("1,500.000", "1500.000", id="two marks"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold([text]) == [folded]


@given(st.lists(st.text()))
def test_every_text_is_folded_by_itself(texts: list[str]) -> None:
    assert fold(texts) == [fold([text])[0] for text in texts]


def test_a_number_is_one_word_however_it_is_written() -> None:
    assert set(map(tuple, map(tokens, fold(["1,500", "1.500", "1 500", "1500"])))) == {("1500",)}
